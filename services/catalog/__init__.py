"""Product feeds: read as a stream, each product brought into one form, held against what was there before."""
