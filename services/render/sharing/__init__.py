"""Several render workers on one long video: its holder hands out runs, the others encode them and put the pieces away.

The holder depends on nobody: what a helper does not deliver it makes itself. All that helpers know of a video they ask
its holder, live, so where it has ended there is nothing to clean up.
"""
