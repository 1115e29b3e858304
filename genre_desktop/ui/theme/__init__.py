"""How everything looks: colours, type sizes, icons and the style sheet made from them."""
