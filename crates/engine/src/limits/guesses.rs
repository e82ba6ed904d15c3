//! Guessing session tokens. A token has 72 bits, which nobody guesses at the rate that is left here.
//!
//! Whoever misses too often is refused for a while, right tokens included. When all sources together miss too often,
//! every source has a single miss left: a crowd of addresses gains no more than its number.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::caller::network_of;
use super::windows::{self, Window};
use crate::Engine;

const WINDOW: SignedDuration = SignedDuration::from_mins(10);
const MISSES: Window = Window { name: "session-token", seconds: 600, slice: 10, limit: u32::MAX };

/// Sources that this process turns away, and until when.
#[derive(Debug, Default)]
pub(super) struct Refused(Mutex<HashMap<String, Timestamp>>);

/// Wrong tokens that were counted. A page left open over a session that is gone asks for the same one again and again:
/// that guesses nothing.
#[derive(Debug, Default)]
pub(super) struct Counted(Mutex<HashSet<String>>);

/// More are not remembered; they are counted again.
const MOST: usize = 50_000;

/// Seconds for which this source is not listened to, if it guessed too often.
pub fn refused_source(engine: &Engine, source: IpAddr) -> Option<u64> {
    if engine.limits.token_misses == 0 {
        return None;
    }
    let now = engine.now();
    let mut refused = engine.limiting().refused.0.lock().unwrap_or_else(PoisonError::into_inner);
    let until = *refused.get(&network_of(source))?;
    if until <= now {
        refused.remove(&network_of(source));
        return None;
    }
    Some(u64::try_from(until.duration_since(now).as_secs()).unwrap_or(0).max(1))
}

/// Notes that this source showed a token that opens nothing.
pub async fn guessed_wrong(engine: &Engine, source: IpAddr, token: &str) {
    if engine.limits.token_misses == 0 {
        return;
    }
    let (now, source) = (engine.now(), network_of(source));
    if !is_new(engine, &source, token) {
        return;
    }
    let own = engine.keyring.lookup("callers.guesses", &source);
    let all = engine.keyring.lookup("callers.guesses", "");
    let (Ok(own), Ok(all)) =
        (windows::take(engine, &own, &MISSES, now).await, windows::take(engine, &all, &MISSES, now).await)
    else {
        tracing::error!("a wrong session token could not be counted");
        return;
    };
    let crowded = engine.limits.token_misses_in_all > 0 && all.used > engine.limits.token_misses_in_all;
    let most = if crowded { 1 } else { engine.limits.token_misses };
    if own.used >= most {
        tracing::warn!(
            misses = own.used,
            in_all = all.used,
            "a source guesses session tokens and is refused"
        );
        let mut refused = engine.limiting().refused.0.lock().unwrap_or_else(PoisonError::into_inner);
        refused.retain(|_, until| *until > now);
        refused.insert(source, now + WINDOW);
    }
}

fn is_new(engine: &Engine, source: &str, token: &str) -> bool {
    let guess = engine.keyring.lookup("callers.guess", &format!("{source}/{token}"));
    let mut counted = engine.limiting().counted.0.lock().unwrap_or_else(PoisonError::into_inner);
    if counted.len() >= MOST {
        counted.clear();
    }
    counted.insert(guess)
}
