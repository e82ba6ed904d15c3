//! Use cases: one function is one transaction. Load, apply, save, enqueue, commit.
