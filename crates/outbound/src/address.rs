//! Which addresses the machine may call on behalf of a customer.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How far a destination may lie from this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses over https: production.
    PublicOnly,
    /// Also this machine's own loopback addresses, and plain http: `bonafide dev`. Other private
    /// networks stay closed.
    AllowLoopback,
}

/// Why an address is not called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    #[error("the destination is not an http or https address with a host")]
    NotAUrl,
    #[error("the destination must use https")]
    NotHttps,
    #[error("{0} is not a public address")]
    NotPublic(IpAddr),
    #[error("{0} resolves to no public address")]
    ResolvesInward(String),
}

impl Reach {
    pub(crate) fn permits(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || (self == Self::AllowLoopback && address.is_loopback())
    }

    /// Checks what can be known before a name is resolved: scheme, host, literal addresses. The
    /// answer for a name is given at delivery, when it has been resolved. Useful when a
    /// destination is created, so that a plain mistake is told at once.
    pub fn check(self, destination: &str) -> Result<url::Url, Unreachable> {
        let url = url::Url::parse(destination).map_err(|_| Unreachable::NotAUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if self == Self::AllowLoopback => {}
            "http" => return Err(Unreachable::NotHttps),
            _ => return Err(Unreachable::NotAUrl),
        }
        // The parser has already turned 0x7f.1, 2130706433 and the like into addresses.
        let literal = match url.host().ok_or(Unreachable::NotAUrl)? {
            url::Host::Domain(_) => return Ok(url),
            url::Host::Ipv4(address) => IpAddr::V4(address),
            url::Host::Ipv6(address) => IpAddr::V6(address),
        };
        if self.permits(literal) { Ok(url) } else { Err(Unreachable::NotPublic(literal)) }
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// A network as its first address and prefix length.
type Network<Address> = (Address, u32);

/// The IANA IPv4 special-purpose registry (RFC 6890 and successors), multicast, the reserved top,
/// and the one metadata service that sits on a public address.
const CLOSED_V4: [Network<Ipv4Addr>; 17] = [
    (Ipv4Addr::UNSPECIFIED, 8),            // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),       // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),    // carrier-grade NAT, Alibaba metadata 100.100.100.200
    (Ipv4Addr::new(127, 0, 0, 0), 8),      // loopback
    (Ipv4Addr::new(168, 63, 129, 16), 32), // Azure's wire server
    (Ipv4Addr::new(169, 254, 0, 0), 16),   // link-local, metadata 169.254.169.254
    (Ipv4Addr::new(172, 16, 0, 0), 12),    // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),     // protocol assignments, Oracle metadata 192.0.0.192
    (Ipv4Addr::new(192, 0, 2, 0), 24),     // documentation
    (Ipv4Addr::new(192, 31, 196, 0), 24),  // AS112
    (Ipv4Addr::new(192, 88, 99, 0), 24),   // 6to4 relays
    (Ipv4Addr::new(192, 168, 0, 0), 16),   // private
    (Ipv4Addr::new(192, 175, 48, 0), 24),  // AS112
    (Ipv4Addr::new(198, 18, 0, 0), 15),    // benchmarking
    (Ipv4Addr::new(198, 51, 100, 0), 24),  // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),   // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 3),      // multicast, reserved, broadcast
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    !CLOSED_V4.iter().any(|&(network, length)| {
        (address.to_bits() ^ network.to_bits()).checked_shr(32 - length).unwrap_or(0) == 0
    })
}

/// Everything outside global unicast is closed, and inside it what embeds an IPv4 address or is
/// set aside (IANA IPv6 special-purpose registry).
const CLOSED_V6: [Network<Ipv6Addr>; 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocol assignments, Teredo, ORCHID
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4, embeds any IPv4 address
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

const GLOBAL_UNICAST: Network<Ipv6Addr> = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
/// RFC 6052: the last 32 bits are the IPv4 address that the translator will call.
const NAT64: Network<Ipv6Addr> = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

fn is_public_v6(address: Ipv6Addr) -> bool {
    let within =
        |(network, length): Network<Ipv6Addr>| (address.to_bits() ^ network.to_bits()) >> (128 - length) == 0;
    if within(NAT64) {
        // Networks without IPv4 reach the public internet this way, so the embedded address counts.
        let [.., a, b, c, d] = address.octets();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    within(GLOBAL_UNICAST) && !CLOSED_V6.into_iter().any(within)
}

#[cfg(test)]
mod tests;
