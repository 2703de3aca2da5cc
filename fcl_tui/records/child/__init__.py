"""One child in depth, and what a review needs to know of them."""
