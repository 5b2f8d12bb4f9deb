//! The table of words, looked up by hash: most words of a text are not in it, and this is the scanner's inner loop.
//!
//! Enters: a word's letters and their hash. Leaves: the [`Word`] that they are.
//! Invariant: no word stands in the table twice.

use std::sync::LazyLock;

use super::Word;

/// Words by what they are, parted by spaces.
#[rustfmt::skip]
const TABLE: &[(&str, Word)] = &[
    // Months.
    ("january", Word::Month(1)),
    ("february", Word::Month(2)),
    ("march", Word::Month(3)),
    ("april", Word::Month(4)),
    ("may", Word::Month(5)),
    ("june", Word::Month(6)),
    ("july", Word::Month(7)),
    ("august", Word::Month(8)),
    ("september", Word::Month(9)),
    ("october", Word::Month(10)),
    ("november", Word::Month(11)),
    ("december", Word::Month(12)),
    ("jan", Word::MonthShort(1)),
    ("feb", Word::MonthShort(2)),
    ("mar", Word::MonthShort(3)),
    ("apr", Word::MonthShort(4)),
    ("jun", Word::MonthShort(6)),
    ("jul", Word::MonthShort(7)),
    ("aug", Word::MonthShort(8)),
    ("sep sept", Word::MonthShort(9)),
    ("oct", Word::MonthShort(10)),
    ("nov", Word::MonthShort(11)),
    ("dec", Word::MonthShort(12)),
    // What periods are made of.
    ("first", Word::Ordinal(1)),
    ("second", Word::Ordinal(2)),
    ("third", Word::Ordinal(3)),
    ("fourth", Word::Ordinal(4)),
    ("final", Word::Final),
    ("enter enters entered entering", Word::Enter),
    ("began begin begins begun started starts starting opened opens", Word::Begin),
    ("into", Word::Into),
    ("when", Word::When),
    ("turn", Word::Turn),
    ("one", Word::Cardinal(1)),
    ("two", Word::Cardinal(2)),
    ("three", Word::Cardinal(3)),
    ("four", Word::Cardinal(4)),
    ("five", Word::Cardinal(5)),
    ("six", Word::Cardinal(6)),
    ("seven", Word::Cardinal(7)),
    ("eight", Word::Cardinal(8)),
    ("nine", Word::Cardinal(9)),
    ("ten", Word::Cardinal(10)),
    ("eleven", Word::Cardinal(11)),
    ("twelve", Word::Cardinal(12)),
    ("thirteen", Word::Cardinal(13)),
    ("st nd rd th", Word::Suffix),
    ("qfy", Word::Qfy),
    ("hfy", Word::Hfy),
    ("mfy", Word::Mfy),
    ("fy fye", Word::Fy),
    ("cy", Word::Cy),
    ("fiscal financial", Word::Fiscal),
    ("calendar", Word::Calendar),
    ("year", Word::Year),
    ("years", Word::Years),
    ("half", Word::Half),
    ("quarter", Word::Quarter),
    ("quarters", Word::Quarters),
    ("month", Word::MonthUnit),
    ("months", Word::Months),
    ("week weeks", Word::Weeks),
    ("period", Word::Period),
    ("periods", Word::Periods),
    ("time point stage", Word::Time),
    ("full whole", Word::Full),
    ("ended", Word::Ended),
    ("ending", Word::Ending),
    ("to", Word::To),
    ("through thru", Word::Through),
    ("until till", Word::Until),
    ("date", Word::Date),
    ("ytd fytd cumulatively cumulative", Word::Ytd),
    ("qtd", Word::Qtd),
    ("mtd", Word::Mtd),
    ("ltm ttm", Word::Ltm),
    ("py ly pcp stly", Word::PriorYear),
    ("lq", Word::Lq),
    ("ye", Word::Ye),
    ("yoy", Word::Yoy),
    ("qoq", Word::Qoq),
    ("mom", Word::Mom),
    ("hoh", Word::Hoh),
    ("sequentially sequential", Word::Sequentially),
    ("last", Word::Last),
    ("prior previous preceding", Word::Prior),
    ("next coming", Word::Next),
    ("this current", Word::This),
    ("same corresponding comparable equivalent comparative", Word::Same),
    ("ago", Word::Ago),
    ("earlier", Word::Earlier),
    ("trailing rolling past", Word::Trailing),
    ("end", Word::End),
    ("close", Word::Close),
    ("start beginning opening", Word::Start),
    // What stands beside periods and numbers and settles what they are.
    ("and", Word::And),
    ("or", Word::Or),
    ("of", Word::Of),
    ("in", Word::In),
    ("the", Word::The),
    ("on", Word::On),
    ("over", Word::Over),
    ("at", Word::At),
    ("as", Word::As),
    ("by", Word::By),
    ("since", Word::Since),
    ("from", Word::From),
    ("for", Word::For),
    ("during", Word::During),
    ("before", Word::Before),
    ("after", Word::After),
    ("vs versus against", Word::Versus),
    ("actual actuals budget plan forecast target outlook guidance restated reported audited unaudited \
      revenue revenues sales results",
      Word::Scenario),
    ("about around approximately nearly almost roughly circa under above below than exceeding some total \
      totalling totaling",
      Word::Approximately),
    ("grew grow rose rise fell increased increase decreased decrease up down declined dropped went \
      expanded reduced growing rising climbed",
      Word::Changed),
    ("page pages slide slides section sections item note version no number room chapter clause ref ticket \
      invoice rule asu asc ifrs ias sfas release step article form iso rfc issue model",
      Word::Reference),
    ("spring summer autumn winter fall christmas", Word::Season),
    ("expect expects expected will anticipate aim should forecasting guide assumes assumed envisages \
      aims planning",
      Word::Expect),
    ("mid pre post early late", Word::Around),
    ("usd eur gbp chf jpy cad aud cny inr sek nok dkk sgd hkd nzd zar brl mxn rs dai dot mkr btc eth usdc \
      usdt dollars euros euro pounds dollar cents",
      Word::Currency),
    ("tax taxes taxation interest exceptional exceptionals dividends income", Word::Charge),
    ("we you they he she it be have not also our", Word::AfterVerb),
    ("row running straight succession", Word::Row),
    ("rest remainder balance most best worst course part day days highlights much bulk out", Word::Share),
    ("ahead", Word::Ahead),
    ("cohort cohorts vintage vintages intake", Word::Cohort),
    ("act acts code notes bonds debentures indenture", Word::Titled),
    ("new active paying monthly additional net loyal registered weekly", Word::Counting),
    ("customers employees people users stores shares units tonnes tons members gifts orders shipments \
      trucks vehicles sites patients students beds seats tickets donors donations subscribers accounts \
      contracts jobs homes rooms hours minutes seconds kg km kwh mwh gwh twh mw gw teu fte ftes million \
      billion trillion thousand hundred mn bn tn mm percent per pp bps bp basis points times items \
      transactions partners logos leads deals staff colleagues workers heads guests visitors visits \
      downloads installs clients companies locations branches suppliers products parcels flights \
      passengers barrels litres liters miles properties licences licenses subscriptions policies claims \
      loans projects applications responses respondents schools hospitals families households children \
      volunteers meals calls cases vacancies hires joiners leavers engineers contractors openings machines \
      cars pieces bookings renewals reviews incidents sqm sqft trades",
      Word::Counted),
];

/// Slots of the table, a power of two that leaves three of four empty.
const SLOTS: usize = 2048;

/// The words in slots by their hash, each in the first free slot from its own on. Hashes stand apart so that they stay in the
/// nearest cache: almost every look-up ends at an empty one.
pub(in super::super) struct Table {
    /// Upper half of each word's hash; 0 where there is none.
    hashes: Vec<u32>,
    words: Vec<(&'static [u8], Word)>,
}

static INDEX: LazyLock<Table> = LazyLock::new(|| {
    let mut index = Table { hashes: vec![0; SLOTS], words: vec![(&[], Word::Other); SLOTS] };
    for (words, word) in TABLE {
        for text in words.split_whitespace() {
            let hash = text.bytes().fold(SEED, add_letter);
            let slot = index.slots(hash).find(|slot| index.hashes[*slot] == 0).expect("internal: a slot is free");
            (index.hashes[slot], index.words[slot]) = (upper(hash), (text.as_bytes(), *word));
        }
    }
    index
});

/// The hash of no letters.
pub(in super::super) const SEED: u64 = 0xCBF2_9CE4_8422_2325;

/// The hash with one more letter, whatever its case (FNV-1a).
#[inline]
pub(in super::super) fn add_letter(hash: u64, letter: u8) -> u64 {
    (hash ^ u64::from(letter | 0x20)).wrapping_mul(0x0000_0100_0000_01B3)
}

/// The half of a hash that tells words apart; never 0.
fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32 | 1
}

/// The table, which is made when first asked for.
pub(in super::super) fn table() -> &'static Table {
    &INDEX
}

impl Table {
    /// The word that these letters are, whatever their case. Their hash is taken while they are read.
    #[inline]
    pub(in super::super) fn find(&self, letters: &[u8], hash: u64) -> Word {
        if let [letter] = letters {
            return Word::Letter(letter.to_ascii_lowercase());
        }
        for slot in self.slots(hash) {
            let Some(&known) = self.hashes.get(slot).filter(|known| **known != 0) else { return Word::Other };
            let Some((text, word)) = self.words.get(slot).filter(|_| known == upper(hash)) else { continue };
            if text.eq_ignore_ascii_case(letters) {
                return *word;
            }
        }
        Word::Other
    }

    /// Where a word of this hash may be, in order.
    fn slots(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let first = hash as usize % SLOTS;
        (first..SLOTS).chain(0..first)
    }
}

#[cfg(test)]
mod tests {
    use super::{SEED, SLOTS, TABLE, Word, add_letter, table};

    fn find(letters: &str) -> Word {
        table().find(letters.as_bytes(), letters.bytes().fold(SEED, add_letter))
    }

    #[test]
    fn every_word_is_found_as_what_it_is() {
        let words: Vec<_> =
            TABLE.iter().flat_map(|(words, word)| words.split_whitespace().map(|text| (text, *word))).collect();
        for (text, word) in &words {
            assert!(text.len() > 1 && text.bytes().all(|b| b.is_ascii_lowercase()), "{text}");
            assert_eq!(find(&text.to_ascii_uppercase()), *word, "{text} stands in two lines");
        }
        assert!(words.len() * 4 < SLOTS, "the table has grown: {} words", words.len());
        assert_eq!(
            [find("internationalisation"), find("Q"), find("revenues")],
            [Word::Other, Word::Letter(b'q'), Word::Scenario]
        );
    }
}
