"""Side-by-side runs of gan_utils and of what people would use instead."""
