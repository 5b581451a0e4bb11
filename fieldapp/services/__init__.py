"""What staff do: verbs over one unit of work. Roles are decided here, not only on the screen."""
