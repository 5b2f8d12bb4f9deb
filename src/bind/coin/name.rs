//! Which phrases of running text may be names of metrics.
//!
//! Enters: a phrase with what its number is measured in. Leaves: whether finance would call it a metric.
//! Invariant: no pronoun, no word that only points, and nothing of which there is one (`a loan`, `the second tranche`) is a name.

use crate::bind::context::is_topic;
use crate::bind::spoken;
use crate::quantity::Unit;
use crate::vocabulary::is_measure;
use crate::words::words;

/// Words that say how much there is of something that is named elsewhere, or point at it.
const POINTING: &str = "\
    addition additional adjustment amount answer appendix benefit billion budget change chart column date decline decrease \
    deletion difference downside dozen drop effect estimate example excess extra fall figure forecast further gain gap \
    goal growth half headroom hundred impact improvement increase item kind limit line lot majority maximum million \
    minimum month movement note number option overspend page pair part people percent percentage period place plan point \
    portion proportion quarter question range reason reduction remainder rest rise row scenario section series share \
    shortfall slide step sum table target thing thousand threshold today tomorrow total underspend uplift upside variance \
    version way week year yesterday";

/// Words that single one out before a noun.
const SINGLING: &str = "\
    additional another any biggest both each either estimated every expected extra few fifth final first fourth further \
    initial largest last latest less likely many more most next one original other planned possible potential previous \
    prior proposed remaining revised same second similar smallest some such third three two";

/// Things of which there is one: their number is that one's.
const SINGLE: &str = "\
    account acquisition award bequest bid bill board bond bonus building campaign case charge check cheque claim client \
    committee company contract cost credit customer deal department deposit disposal donation event facility fee fine fund \
    gift grant home house installment instalment investment invoice lease legacy loan meeting member note offer office \
    option order package payment penalty pension person phase plot price program programme project property proposal \
    provision purchase quarter quotation quote rate refund round salary sale scheme settlement share shop site stage store \
    supplier team tenant tender tranche transfer unit write";

/// Nouns that money is stated of, besides those that name a measure wherever they stand.
const PAID: &str = "\
    accrual acquisition advertising arrear balance benefaction benefit bequest bill billing bonus borrowing catering claim \
    collection commission commitment contract contribution creditor debtor disbursement discount disposal donation drawing \
    electricity fare fine fuel funding giving grant insurance investment invoice legacy levy maintenance marketing \
    origination overhead payment payout penalty pension pledge prepayment proceed purchase rate rebate receipt recovery \
    redemption refund remittance repair reserve result royalty saving savings settlement sponsorship subscription subsidy \
    taking tariff tax toll training travel tuition value withdrawal work writeoff";

/// What is counted: people, things that they use, and what happens to them.
const COUNTED: &str = "\
    accident account acre agent aircraft applicant application appointment apprentice attendee audit bed beneficiary book \
    borrower branch bus buyer call candidate card case child class client clinic colleague complaint completion connection \
    container contract contractor copy course crossing defect delegate delivery depot device discharge doctor download \
    driver engineer enquiry event eviction family flat flight franchisee graduate hectare hire home hotel house household \
    incident injury inspection installation interruption investor issue joiner journey landlord lead learner leaver lender \
    lesson letter letting licence license line loan machine manager match meal member membership meter miss mortgage nurse \
    operation outage outlet package panel parcel participant partner pass performance placement plot pole policy \
    policyholder prescription procedure pupil referral registration repair reservation resident resignation restaurant \
    return room sailing sale sample scan scholarship school screening seat seller session shareholder ship shop show site \
    starter store subscription supplier supporter teacher tenancy tenant test ticket title tonne train transaction tree \
    trip truck trustee turbine unit vacancy van vehicle visit void volunteer warehouse well";

/// Single words that are a measure by themselves.
const WHOLE: &str = "\
    absence arr attendance backlog capex churn depreciation downtime ebit ebitda enrollment enrolment expenditure footfall \
    gearing headcount income inventory leverage liquidity membership mrr occupancy opex output payroll production \
    retention revenue sickness throughput tonnage traffic uptime";

/// Words of titles that say what is spoken of.
const TITLES: &str = "\
    action background balance bank budget capital cash commentary control customer detail discussion dividend finance \
    financial governance growth half headline incident issue market message month news note operation people period pricing \
    procurement progress quality quarter question risk safety saving service sheet spending staff story thank trading \
    treasury week year yield";

/// Whether a word of a title says what is spoken of, and not of which part.
pub(super) fn is_title(stem: &str) -> bool {
    among(TITLES, stem) || is_topic(stem) || is_measure(stem) || among(PAID, stem)
}

/// Whether a phrase names something that a report states again and again.
pub(super) fn is_coinable(phrase: &str, own: &[String], unit: &Unit) -> bool {
    let said = words(phrase);
    // `Northgate Retail Park`: a name of a place, a firm or a product. Abbreviations are none.
    let proper = said.iter().skip(1).any(|word| {
        let text = phrase.get(word.range.clone()).unwrap_or_default();
        word.capital && text.chars().any(char::is_lowercase)
    });
    if proper || !own.iter().all(|stem| stem.chars().all(char::is_alphabetic)) {
        return false;
    }
    // The noun that the phrase is about stands last, or before what joins it to another: `revenue per visitor`.
    let joins = |stem: &str| matches!(stem, "of" | "in" | "per" | "to" | "on" | "under");
    let joined = said.iter().position(|word| joins(&word.stem)).filter(|at| *at > 0).unwrap_or(said.len());
    // `Parcels delivered`: what was done to them is no noun.
    let done = joined > 1 && said.get(joined - 1).is_some_and(spoken::is_done);
    let Some(head) = (joined - usize::from(done)).checked_sub(1).and_then(|at| said.get(at)) else { return false };
    let pointing = among(POINTING, &head.stem) || said.iter().any(|word| among(SINGLING, &word.stem));
    let several = phrase.get(head.range.clone()).is_some_and(|text| text.ends_with('s'));
    let single = !several && among(SINGLE, &head.stem) && joined == said.len();
    if pointing || single {
        return false;
    }
    let counts = matches!(unit, Unit::Count | Unit::Bare | Unit::Measure(_));
    let head = head.stem.as_str();
    let noun = counts && several && among(COUNTED, head) || !counts && among(PAID, head);
    match own {
        [one] => noun || is_measure(one) && several || among(WHOLE, one),
        _ => noun || is_measure(head) || is_measure(phrase) && joined < said.len(),
    }
}

/// Whether a list of words has one.
fn among(list: &str, stem: &str) -> bool {
    list.split_ascii_whitespace().any(|word| word == stem)
}
