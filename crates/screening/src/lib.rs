//! Names and lists. Empty until the screening issue: nothing here runs yet.
