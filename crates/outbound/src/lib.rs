//! What leaves the machine: signed webhooks and e-mail.
