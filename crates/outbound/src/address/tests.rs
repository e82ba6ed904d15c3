use super::*;

const INWARD: [&str; 46] = [
    "0.0.0.0",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::10.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b::127.0.0.1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:ce49:7601:e866:efff:62c3:fffe",
    "2001:20::1",
    "2001:db8::1",
    "2002:a00:1::",
    "2002:7f00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fd12:3456:789a::1",
    "fe80::1",
    "ff02::1",
];

const LOOPBACK: [&str; 4] = ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"];

const PUBLIC: [&str; 11] = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "::ffff:1.1.1.1",
    "64:ff9b::1.1.1.1",
];

fn address(text: &str) -> IpAddr {
    text.parse().unwrap_or_else(|_| panic!("{text} is an address"))
}

#[test]
fn inward_addresses_are_closed_in_production_and_in_dev() {
    for text in INWARD {
        assert!(!Reach::PublicOnly.permits(address(text)), "{text} in production");
        assert!(!Reach::AllowLoopback.permits(address(text)), "{text} in dev");
    }
}

#[test]
fn loopback_is_open_in_dev_alone() {
    for text in LOOPBACK {
        assert!(!Reach::PublicOnly.permits(address(text)), "{text} in production");
        assert!(Reach::AllowLoopback.permits(address(text)), "{text} in dev");
    }
}

#[test]
fn public_addresses_are_open_up_to_the_edges_of_the_closed_networks() {
    for text in PUBLIC {
        assert!(Reach::PublicOnly.permits(address(text)), "{text}");
    }
}

#[test]
fn literal_addresses_are_recognised_however_they_are_spelled() {
    for destination in [
        "https://127.1/hook",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.0.0.1./",
        "https://①②⑦.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:7f00:1]/",
        "https://user:pass@10.0.0.1:8443/hook",
    ] {
        let refused = Reach::PublicOnly.check(destination);
        assert!(matches!(refused, Err(Unreachable::NotPublic(_))), "{destination}: {refused:?}");
    }
}

#[test]
fn names_pass_the_first_check_because_only_their_addresses_can_be_judged() {
    for destination in ["https://example.com/hook", "https://localhost/", "https://10.0.0.1.example.com/"] {
        assert!(Reach::PublicOnly.check(destination).is_ok(), "{destination}");
    }
}

#[test]
fn plain_http_is_for_dev_and_other_schemes_for_nobody() {
    assert_eq!(Reach::PublicOnly.check("http://example.com/"), Err(Unreachable::NotHttps));
    assert!(Reach::AllowLoopback.check("http://127.0.0.1:9000/hook").is_ok());
    for destination in ["ftp://example.com/", "file:///etc/passwd", "example.com/hook", "", "https://"] {
        assert_eq!(Reach::AllowLoopback.check(destination), Err(Unreachable::NotAUrl), "{destination}");
    }
}
