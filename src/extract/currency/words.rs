//! Currencies by their words, with or without whose they are: `euros`, `Australian dollars`.
//!
//! Enters: a tape and the index after a number. Leaves: the currency named there.
//! Invariant: a word that several currencies share and nothing tells apart stays the unit as written (`francs`).

use super::Money;
use crate::extract::fold::{Table, table};
use crate::extract::lex::Tape;

/// What a currency's word means by itself.
#[derive(Clone, Copy)]
enum Meaning {
    /// This currency.
    Code(&'static str),
    /// This currency, where the number looks like an amount: `won` and `real` are other words too.
    Unsure(&'static str),
    /// Several currencies, or a part of several: kept as this word.
    Shared(&'static str),
}

use Meaning::{Code, Shared, Unsure};

/// Words of currencies in lower case, with what they mean alone.
const NOUN_LIST: &[(&str, Meaning)] = &[
    ("baht", Code("THB")),
    ("bitcoin", Code("BTC")),
    ("bitcoins", Code("BTC")),
    ("buck", Code("USD")),
    ("bucks", Code("USD")),
    ("cedi", Code("GHS")),
    ("cedis", Code("GHS")),
    ("cent", Shared("cents")),
    ("cents", Shared("cents")),
    ("dinar", Shared("dinars")),
    ("dinars", Shared("dinars")),
    ("dirham", Shared("dirhams")),
    ("dirhams", Shared("dirhams")),
    ("dollar", Code("USD")),
    ("dollars", Code("USD")),
    ("dong", Unsure("VND")),
    ("drachma", Code("GRD")),
    ("drachmas", Code("GRD")),
    ("escudo", Code("PTE")),
    ("escudos", Code("PTE")),
    ("ether", Unsure("ETH")),
    ("euro", Code("EUR")),
    ("euros", Code("EUR")),
    ("forint", Code("HUF")),
    ("forints", Code("HUF")),
    ("franc", Shared("francs")),
    ("francs", Shared("francs")),
    ("guilder", Code("NLG")),
    ("guilders", Code("NLG")),
    ("hryvnia", Code("UAH")),
    ("koruna", Code("CZK")),
    ("kr", Shared("kr")),
    ("krona", Code("SEK")),
    ("krone", Shared("kroner")),
    ("kroner", Shared("kroner")),
    ("kronor", Code("SEK")),
    ("kuai", Code("CNY")),
    ("lei", Code("RON")),
    ("leva", Code("BGN")),
    ("lira", Code("TRY")),
    ("liras", Code("TRY")),
    ("lire", Code("ITL")),
    ("markka", Code("FIM")),
    ("naira", Code("NGN")),
    ("pence", Shared("pence")),
    ("penny", Shared("pence")),
    ("peseta", Code("ESP")),
    ("pesetas", Code("ESP")),
    ("peso", Shared("pesos")),
    ("pesos", Shared("pesos")),
    ("pound", Code("GBP")),
    ("pounds", Code("GBP")),
    ("quid", Code("GBP")),
    ("rand", Unsure("ZAR")),
    ("reais", Code("BRL")),
    ("renminbi", Code("CNY")),
    ("ringgit", Code("MYR")),
    ("riyal", Shared("riyals")),
    ("riyals", Shared("riyals")),
    ("rouble", Code("RUB")),
    ("roubles", Code("RUB")),
    ("ruble", Code("RUB")),
    ("rubles", Code("RUB")),
    ("rupee", Code("INR")),
    ("rupees", Code("INR")),
    ("rupiah", Code("IDR")),
    ("satoshi", Shared("satoshis")),
    ("satoshis", Shared("satoshis")),
    ("schilling", Code("ATS")),
    ("schillings", Code("ATS")),
    ("shekel", Code("ILS")),
    ("shekels", Code("ILS")),
    ("shilling", Shared("shillings")),
    ("shillings", Shared("shillings")),
    ("sterling", Code("GBP")),
    ("taka", Code("BDT")),
    ("won", Unsure("KRW")),
    ("yen", Code("JPY")),
    ("yuan", Code("CNY")),
    ("zloty", Code("PLN")),
    ("zlotys", Code("PLN")),
    ("zł", Code("PLN")),
    ("ரூ", Code("LKR")),
    ("元", Code("CNY")),
    ("円", Code("JPY")),
    ("원", Code("KRW")),
];

static NOUNS: Table<Meaning> = table!(NOUN_LIST);

/// Whose money it is, in lower case, with the currency's word in the singular.
const OWNER_LIST: &[(&str, &[(&str, &str)])] = &[
    ("american", &[("dollar", "USD")]),
    ("argentine", &[("peso", "ARS")]),
    ("australian", &[("dollar", "AUD")]),
    ("belgian", &[("franc", "BEF")]),
    ("brazilian", &[("real", "BRL"), ("reais", "BRL")]),
    ("british", &[("pound", "GBP")]),
    ("canadian", &[("dollar", "CAD")]),
    ("chilean", &[("peso", "CLP")]),
    ("chinese", &[("yuan", "CNY"), ("renminbi", "CNY")]),
    ("colombian", &[("peso", "COP")]),
    ("czech", &[("koruna", "CZK"), ("crown", "CZK")]),
    ("danish", &[("krone", "DKK"), ("kroner", "DKK"), ("crown", "DKK")]),
    ("deutsche", &[("mark", "DEM")]),
    ("dutch", &[("guilder", "NLG")]),
    ("egyptian", &[("pound", "EGP")]),
    ("emirati", &[("dirham", "AED")]),
    ("finnish", &[("markka", "FIM")]),
    ("french", &[("franc", "FRF")]),
    ("german", &[("mark", "DEM")]),
    ("icelandic", &[("krona", "ISK")]),
    ("indian", &[("rupee", "INR")]),
    ("irish", &[("pound", "IEP")]),
    ("italian", &[("lira", "ITL"), ("lire", "ITL")]),
    ("jamaican", &[("dollar", "JMD")]),
    ("japanese", &[("yen", "JPY")]),
    ("kenyan", &[("shilling", "KES")]),
    ("korean", &[("won", "KRW")]),
    ("kuwaiti", &[("dinar", "KWD")]),
    ("mexican", &[("peso", "MXN")]),
    ("moroccan", &[("dirham", "MAD")]),
    ("norwegian", &[("krone", "NOK"), ("kroner", "NOK"), ("crown", "NOK")]),
    ("pakistani", &[("rupee", "PKR")]),
    ("philippine", &[("peso", "PHP")]),
    ("polish", &[("zloty", "PLN")]),
    ("russian", &[("rouble", "RUB"), ("ruble", "RUB")]),
    ("saudi", &[("riyal", "SAR")]),
    ("singapore", &[("dollar", "SGD")]),
    ("spanish", &[("peseta", "ESP")]),
    ("swedish", &[("krona", "SEK"), ("kronor", "SEK"), ("crown", "SEK")]),
    ("swiss", &[("franc", "CHF")]),
    ("taiwan", &[("dollar", "TWD")]),
    ("tanzanian", &[("shilling", "TZS")]),
    ("thai", &[("baht", "THB")]),
    ("turkish", &[("lira", "TRY")]),
    ("ugandan", &[("shilling", "UGX")]),
    ("us", &[("dollar", "USD"), ("cent", "cents")]),
];

static OWNERS: Table<&[(&str, &str)]> = table!(OWNER_LIST);

/// Owners of two words.
const LONG_OWNERS: &[(&str, &str, &str, &str)] = &[
    ("hong", "kong", "dollar", "HKD"),
    ("new", "zealand", "dollar", "NZD"),
    ("pounds", "of", "sterling", "GBP"),
    ("south", "african", "rand", "ZAR"),
    ("south", "korean", "won", "KRW"),
    ("sri", "lankan", "rupee", "LKR"),
];

/// The currency that words after a number name.
pub(super) fn named(tape: &Tape<'_>, at: usize, amount_like: bool) -> Option<Money> {
    let word = tape.word_at(at)?;
    if let Some(meaning) = NOUNS.of(word) {
        return match meaning {
            // `pounds sterling`
            Code(code) => {
                let sterling = code == "GBP" && tape.is_word(at + 1, "sterling");
                Some(Money::code(code, if sterling { at + 2 } else { at + 1 }))
            }
            Unsure(code) => amount_like.then(|| Money::code(code, at + 1)),
            Shared(word) => Some(Money::word(word, at + 1)),
        };
    }
    if tape.is_word(at, "u") && tape.is_symbol(at + 1, '.') && tape.is_word(at + 2, "s") && tape.is_symbol(at + 3, '.')
    {
        return owned(tape, at + 4, &[("dollar", "USD")]);
    }
    if let Some(currencies) = OWNERS.of(word) {
        return owned(tape, at + 1, currencies);
    }
    let (.., noun, code) = LONG_OWNERS
        .iter()
        .find(|(first, second, ..)| word.eq_ignore_ascii_case(first) && tape.is_word(at + 1, second))?;
    owned(tape, at + 2, &[(noun, code)])
}

fn owned(tape: &Tape<'_>, at: usize, currencies: &[(&str, &str)]) -> Option<Money> {
    let word = tape.word_at(at)?;
    let singular = word.strip_suffix(['s', 'S']).unwrap_or(word);
    let (_, code) =
        currencies.iter().find(|(noun, _)| noun.eq_ignore_ascii_case(word) || noun.eq_ignore_ascii_case(singular))?;
    Some(if *code == "cents" { Money::word("cents", at + 1) } else { Money::code(code, at + 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(NOUN_LIST.is_sorted_by_key(|(word, _)| word));
        assert!(OWNER_LIST.is_sorted_by_key(|(word, _)| word));
        assert!(super::super::DOLLAR_LIST.is_sorted_by_key(|(word, _)| word));
        assert!(super::super::STRONG_LIST.is_sorted());
    }
}
