"""The Lab's views: each lays an answer out as lines of a page."""
