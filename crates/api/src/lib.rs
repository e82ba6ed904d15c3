//! HTTP: the v3 contract, accounts, the hosted flow, embedded pages.
