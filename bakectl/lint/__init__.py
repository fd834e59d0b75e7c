"""What buildx accepts without a word: rules over the project and what its targets resolve to."""
