"""What the evaluation says of the service (art. 6), and what it may publish: indicators, intervals, funnels, small cells."""
