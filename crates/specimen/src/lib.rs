//! Synthetic documents and photographs of them, from a seed.
