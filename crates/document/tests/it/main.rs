//! Documents from outside: other people's vectors, and every property that must hold for all of them.

mod arbitrary;
mod crosschecks;
mod document_types;
mod identifiers;
mod licences;
mod proofs_of_address;
mod properties;
mod recogniser;
mod vectors;
mod visual_zone;
