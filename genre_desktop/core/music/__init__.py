"""What is said of music beside its genre."""
