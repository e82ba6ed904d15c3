//! One-thread pools for the networks: each reading under way has its own, so that as many run side by side as there
//! are callers.

use std::sync::{Arc, Mutex, PoisonError};

use rten::{RunOptions, ThreadPool};

/// Pools that nobody uses just now. There are never more than readings at once.
pub(crate) struct Workers(Mutex<Vec<Arc<ThreadPool>>>);

impl Workers {
    /// With one pool ready.
    pub(crate) fn new() -> Self {
        Self(Mutex::new(vec![pool()]))
    }

    /// Runs a network on a pool of one thread.
    pub(crate) fn run<T>(&self, work: impl FnOnce(RunOptions) -> T) -> T {
        let idle = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let pool = idle.unwrap_or_else(pool);
        let done = work(RunOptions::default().with_thread_pool(Some(Arc::clone(&pool))));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(pool);
        done
    }
}

fn pool() -> Arc<ThreadPool> {
    Arc::new(ThreadPool::with_num_threads(1))
}
