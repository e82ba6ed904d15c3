//! Device and network (features §14.2). The address is kept for examples by RFC 5737.

use serde_json::{Value, json};

pub(super) fn fields() -> Value {
    json!({
        "device_brand": "Sample",
        "device_model": "Sample Phone",
        "browser_family": "Sample Browser",
        "os_family": "Sample OS",
        "platform": "mobile",
        "device_fingerprint": "sandbox-fp-0000000000000001",
        "ip_address": "203.0.113.24",
        "ip_country": "United States",
        "ip_country_code": "US",
        "ip_state": "",
        "ip_city": "Sampleton",
        "latitude": 0.0,
        "longitude": 0.0,
        "isp": null,
        "organization": null,
        "is_vpn_or_tor": false,
        "is_data_center": false,
        "time_zone": "Etc/UTC",
        "time_zone_offset": "+0000",
        "ip": {"location": null, "distance_from_id_document": null, "distance_from_poa_document": null},
        "id_document": {"location": null, "distance_from_ip": null, "distance_from_poa_document": null},
        "poa_document": {"location": null, "distance_from_ip": null, "distance_from_id_document": null},
        "matches": [],
    })
}
