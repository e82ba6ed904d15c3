//! Name resolution that never hands out an address the destination may not have.

use std::{net::SocketAddr, sync::Arc};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::{Reach, Unreachable};

/// Asks the operating system, as other programs on this machine do.
pub(crate) struct SystemNames;

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Drops every address that `reach` forbids. The client connects to what this returns and to
/// nothing else, so a name that answers differently a moment later (DNS rebinding) gains nothing.
pub(crate) struct VettedNames {
    pub(crate) names: Arc<dyn Resolve>,
    pub(crate) reach: Reach,
}

impl Resolve for VettedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, host) = (self.reach, name.as_str().to_owned());
        let answer = self.names.resolve(name);
        Box::pin(async move {
            let permitted: Vec<SocketAddr> =
                answer.await?.filter(|address| reach.permits(address.ip())).collect();
            if permitted.is_empty() {
                return Err(Unreachable::ResolvesInward(host).into());
            }
            Ok(Box::new(permitted.into_iter()) as Addrs)
        })
    }
}
