//! What the server acknowledged.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::Outcome;
use crate::http_sink::locked;

/// A session as a 201 described it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Acknowledged {
    pub(super) session_id: String,
    pub(super) number: i64,
    pub(super) token: String,
    /// Whether a 200 said that it was completed.
    pub(super) completed: bool,
}

/// The integrators' books.
#[derive(Default)]
pub(super) struct Ledger {
    people: Mutex<BTreeMap<String, Acknowledged>>,
    surprises: Mutex<Vec<String>>,
    creates: AtomicUsize,
    completions: AtomicUsize,
    cut_off: AtomicUsize,
}

impl Ledger {
    /// Writes a 201 down; a second one for the same person must say the same.
    pub(super) fn created(&self, person: &str, answer: &Value) {
        self.creates.fetch_add(1, Ordering::Relaxed);
        let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
        let number = answer["session_number"].as_i64().unwrap_or_default();
        let (session_id, token) = (text("session_id"), text("session_token"));
        let new = Acknowledged { session_id, number, token, completed: false };
        let mut people = locked(&self.people);
        let known = people.entry(person.to_owned()).or_insert_with(|| new.clone());
        let (known, new) =
            ((&known.session_id, known.number, &known.token), (&new.session_id, new.number, &new.token));
        if known != new {
            self.surprise(format!("{person} was given {new:?} after {known:?}"));
        }
    }

    /// Writes down that this person's session was completed.
    pub(super) fn completed(&self, person: &str) {
        self.completions.fetch_add(1, Ordering::Relaxed);
        locked(&self.people)
            .get_mut(person)
            .expect("a session is created before it is completed")
            .completed = true;
    }

    /// A request without an answer.
    pub(super) fn cut_off(&self) {
        self.cut_off.fetch_add(1, Ordering::Relaxed);
    }

    /// Something that must not be.
    pub(super) fn surprise(&self, what: String) {
        locked(&self.surprises).push(what);
    }

    pub(super) fn session_id(&self, person: &str) -> Option<String> {
        locked(&self.people).get(person).map(|known| known.session_id.clone())
    }

    pub(super) fn people(&self) -> BTreeMap<String, Acknowledged> {
        locked(&self.people).clone()
    }

    pub(super) fn count(&self, outcome: &mut Outcome) {
        outcome.creates = self.creates.load(Ordering::Relaxed);
        outcome.completions = self.completions.load(Ordering::Relaxed);
        outcome.cut_off = self.cut_off.load(Ordering::Relaxed);
        outcome.breaches.append(&mut locked(&self.surprises));
    }
}
