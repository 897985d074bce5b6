"""Letters that leave the installation, and addresses of feeds; it is given texts and knows no domain."""
