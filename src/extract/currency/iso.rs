//! The currencies of ISO 4217, those the euro replaced, and crypto tickers.
//!
//! Enters: a code in capitals. Leaves: whether it is one, and how many digits its minor unit has.
//! Invariant: every list is sorted, so that looking up is a binary search.

use crate::extract::fold::{Table, Words, table, words};

/// Codes in force and the digits of their minor unit, from the ISO 4217 list; funds, metals and testing codes left out.
const IN_FORCE_LIST: &[(&str, u32)] = &[
    ("AED", 2),
    ("AFN", 2),
    ("ALL", 2),
    ("AMD", 2),
    ("ANG", 2),
    ("AOA", 2),
    ("ARS", 2),
    ("AUD", 2),
    ("AWG", 2),
    ("AZN", 2),
    ("BAM", 2),
    ("BBD", 2),
    ("BDT", 2),
    ("BGN", 2),
    ("BHD", 3),
    ("BIF", 0),
    ("BMD", 2),
    ("BND", 2),
    ("BOB", 2),
    ("BOV", 2),
    ("BRL", 2),
    ("BSD", 2),
    ("BTN", 2),
    ("BWP", 2),
    ("BYN", 2),
    ("BZD", 2),
    ("CAD", 2),
    ("CDF", 2),
    ("CHE", 2),
    ("CHF", 2),
    ("CHW", 2),
    ("CLF", 4),
    ("CLP", 0),
    ("CNY", 2),
    ("COP", 2),
    ("COU", 2),
    ("CRC", 2),
    ("CUP", 2),
    ("CVE", 2),
    ("CZK", 2),
    ("DJF", 0),
    ("DKK", 2),
    ("DOP", 2),
    ("DZD", 2),
    ("EGP", 2),
    ("ERN", 2),
    ("ETB", 2),
    ("EUR", 2),
    ("FJD", 2),
    ("FKP", 2),
    ("GBP", 2),
    ("GEL", 2),
    ("GHS", 2),
    ("GIP", 2),
    ("GMD", 2),
    ("GNF", 0),
    ("GTQ", 2),
    ("GYD", 2),
    ("HKD", 2),
    ("HNL", 2),
    ("HTG", 2),
    ("HUF", 2),
    ("IDR", 2),
    ("ILS", 2),
    ("INR", 2),
    ("IQD", 3),
    ("IRR", 2),
    ("ISK", 0),
    ("JMD", 2),
    ("JOD", 3),
    ("JPY", 0),
    ("KES", 2),
    ("KGS", 2),
    ("KHR", 2),
    ("KMF", 0),
    ("KPW", 2),
    ("KRW", 0),
    ("KWD", 3),
    ("KYD", 2),
    ("KZT", 2),
    ("LAK", 2),
    ("LBP", 2),
    ("LKR", 2),
    ("LRD", 2),
    ("LSL", 2),
    ("LYD", 3),
    ("MAD", 2),
    ("MDL", 2),
    ("MGA", 2),
    ("MKD", 2),
    ("MMK", 2),
    ("MNT", 2),
    ("MOP", 2),
    ("MRU", 2),
    ("MUR", 2),
    ("MVR", 2),
    ("MWK", 2),
    ("MXN", 2),
    ("MXV", 2),
    ("MYR", 2),
    ("MZN", 2),
    ("NAD", 2),
    ("NGN", 2),
    ("NIO", 2),
    ("NOK", 2),
    ("NPR", 2),
    ("NZD", 2),
    ("OMR", 3),
    ("PAB", 2),
    ("PEN", 2),
    ("PGK", 2),
    ("PHP", 2),
    ("PKR", 2),
    ("PLN", 2),
    ("PYG", 0),
    ("QAR", 2),
    ("RON", 2),
    ("RSD", 2),
    ("RUB", 2),
    ("RWF", 0),
    ("SAR", 2),
    ("SBD", 2),
    ("SCR", 2),
    ("SDG", 2),
    ("SEK", 2),
    ("SGD", 2),
    ("SHP", 2),
    ("SLE", 2),
    ("SOS", 2),
    ("SRD", 2),
    ("SSP", 2),
    ("STN", 2),
    ("SVC", 2),
    ("SYP", 2),
    ("SZL", 2),
    ("THB", 2),
    ("TJS", 2),
    ("TMT", 2),
    ("TND", 3),
    ("TOP", 2),
    ("TRY", 2),
    ("TTD", 2),
    ("TWD", 2),
    ("TZS", 2),
    ("UAH", 2),
    ("UGX", 0),
    ("USD", 2),
    ("USN", 2),
    ("UYI", 0),
    ("UYU", 2),
    ("UYW", 4),
    ("UZS", 2),
    ("VED", 2),
    ("VES", 2),
    ("VND", 0),
    ("VUV", 0),
    ("WST", 2),
    ("XAF", 0),
    ("XCD", 2),
    ("XCG", 2),
    ("XOF", 0),
    ("XPF", 0),
    ("YER", 2),
    ("ZAR", 2),
    ("ZMW", 2),
    ("ZWG", 2),
];

/// Codes that history still needs in long series: the euro's predecessors.
const REPLACED_LIST: &[&str] = &[
    "ATS", "BEF", "CYP", "DEM", "EEK", "ESP", "FIM", "FRF", "GRD", "HRK", "IEP", "ITL", "LTL", "LUF", "LVL", "MTL",
    "NLG", "PTE", "SIT", "SKK",
];

/// Tickers of crypto-assets that are no words of another meaning in a report.
const CRYPTO_LIST: &[&str] = &[
    "AAVE", "ADA", "ALGO", "ARB", "ATOM", "AVAX", "BCH", "BNB", "BTC", "BUSD", "CRV", "DAI", "DOGE", "DOT", "ETC",
    "ETH", "FIL", "FRAX", "FTM", "GRIN", "KSM", "LTC", "MATIC", "MKR", "SHIB", "SNX", "SOL", "SUI", "TRX", "TUSD",
    "UNI", "USDC", "USDD", "USDT", "WBTC", "XLM", "XMR", "XRP", "XTZ", "YFI", "ZEC",
];

static IN_FORCE: Table<u32> = table!(IN_FORCE_LIST);
static REPLACED: Words = words!(REPLACED_LIST);
static CRYPTO: Words = words!(CRYPTO_LIST);

/// The currency code, present or replaced, that the word is.
pub(in crate::extract) fn code(word: &str) -> Option<&'static str> {
    let in_force = IN_FORCE.words.find(word).and_then(|at| IN_FORCE_LIST.get(at)).map(|(code, _)| *code);
    in_force.or_else(|| REPLACED.find(word).and_then(|at| REPLACED_LIST.get(at)).copied())
}

/// Whether it is a crypto ticker, in capitals.
pub(super) fn is_ticker(word: &str) -> bool {
    CRYPTO.has(word) && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Digits of the minor unit of a currency in force: 2 for USD, 0 for JPY, 3 for KWD.
pub(crate) fn minor_digits(code: &str) -> Option<u32> {
    IN_FORCE.of(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_disjoint() {
        assert!(IN_FORCE_LIST.is_sorted_by_key(|(code, _)| code));
        assert!(REPLACED_LIST.is_sorted() && CRYPTO_LIST.is_sorted());
        assert!(REPLACED_LIST.iter().chain(CRYPTO_LIST).all(|code| minor_digits(code).is_none()));
    }

    #[test]
    fn minor_units_follow_the_standard() {
        assert_eq!(["USD", "JPY", "KWD", "CLF", "XXX"].map(minor_digits), [Some(2), Some(0), Some(3), Some(4), None]);
    }
}
