//! Amounts of money, exact.

use std::fmt;
use std::ops::Add;
use std::str::FromStr;

/// Ten-thousandths of a dollar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);

/// Text that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an amount such as 12 or 0.0525")]
pub struct NotMoney(String);

impl Money {
    /// As a JSON number of dollars.
    pub fn dollars(self) -> f64 {
        self.0 as f64 / 10_000.0
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let amount = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:04}", amount / 10_000, amount % 10_000)
    }
}

impl FromStr for Money {
    type Err = NotMoney;

    /// At most nine digits before the point and four after it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || NotMoney(text.chars().take(40).collect());
        let (whole, cents) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 9) || !digits(cents, 4) {
            return Err(refused());
        }
        let whole: i64 = whole.parse().map_err(|_| refused())?;
        let cents: i64 = format!("{cents:0<4}").parse().map_err(|_| refused())?;
        Ok(Self(whole * 10_000 + cents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written_exactly() {
        for (text, amount) in
            [("12", 120_000), ("0.05", 500), ("0.0525", 525), ("999999999.9999", 9_999_999_999_999)]
        {
            let money: Money = text.parse().unwrap();
            assert_eq!(money, Money(amount));
            assert_eq!(money.to_string().parse::<Money>().unwrap(), money);
        }
        for wrong in ["", ".", "1.", ".5", "-1", "+1", "1.00001", "1e3", "1234567890", "1.2.3", "٣"] {
            assert!(wrong.parse::<Money>().is_err(), "{wrong}");
        }
        assert_eq!(Money(1).to_string(), "0.0001");
    }
}
