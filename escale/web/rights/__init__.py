"""What people ask about their own data: the register, and the page that finds, copies and erases."""
