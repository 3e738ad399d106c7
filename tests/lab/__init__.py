"""The Lab without a screen: answers, twin lives, the player under another policy."""
