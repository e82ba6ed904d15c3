//! Webhooks, mail and text messages against real sockets, and signatures against the languages of receivers.

mod delivery;
mod mail;
mod receivers_code;
mod sms;
mod vectors;
