"""What the service tells of itself: figures that are gathered, frozen and sent to the communes (art. 3-2 and 6)."""
