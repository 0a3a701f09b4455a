//! What two aligned statements disagree on: the left-over tokens sorted into slots that can hold one value.
use super::align::{Alignment, Bits, indices};
use super::statement::{Statement, Token, Value};
use super::values::Quantity;
use super::vocabulary::{Binding, hash, vocabulary};

/// A slot that the two statements fill in two ways; indices of tokens.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Conflict {
    pub kind: ConflictKind,
    pub left: Vec<usize>,
    pub right: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConflictKind {
    Date,
    Number,
    /// `weekly` against `monthly`: a number in nature, but a way of doing rather than a measurement.
    Period,
    Name,
    Opposite,
    Negation,
}

/// All that two aligned statements do not share.
#[derive(Debug, Default)]
pub(super) struct Differences {
    pub conflicts: Vec<Conflict>,
    /// Left-over tokens that nothing explains.
    pub left: Bits,
    pub right: Bits,
    /// Words that are near to a word of the other side.
    pub related: Vec<(usize, usize)>,
    /// The two speak of two members of a series: phase 1 and phase 2, row 2 and row 4.
    pub series: bool,
    /// A shared token is bound in two ways: `before June`, `with June`.
    pub rebound: bool,
}

/// Sorts what is left over.
pub(super) fn differences(one: &Statement, another: &Statement, alignment: &Alignment) -> Differences {
    let mut differences = Differences { left: alignment.left, right: alignment.right, ..Differences::default() };
    differences.find_series(one, another);
    if differences.leave_values(one, another) {
        differences
            .pair_values(one, another, ConflictKind::Date, |token| matches!(token.value, Value::Date(_)).then_some(0));
        differences.pair_values(one, another, ConflictKind::Number, |token| match token.value {
            Value::Quantity(quantity) => Some(quantity.dimension),
            _ => None,
        });
    }
    differences.pair_opposites(one, another);
    differences.pair_names(one, another);
    differences.compare_bindings(one, another, alignment);
    differences.compare_denials(one, another, alignment);
    differences.pair_related(one, another);
    differences
}

impl Differences {
    /// Labels and ordinals number the members of a series; the second Tuesday and the third are a schedule.
    fn find_series(&mut self, one: &Statement, another: &Statement) {
        let is_number = |statement: &Statement, index: usize| {
            matches!(statement.tokens[index].value, Value::Label | Value::Ordinal(_))
        };
        let has_none = |statement: &Statement, rest: Bits| !indices(rest).any(|index| is_number(statement, index));
        if has_none(one, self.left) && has_none(another, self.right) {
            return;
        }
        let is_schedule = |statement: &Statement| {
            statement
                .tokens
                .iter()
                .any(|token| matches!(token.value, Value::Date(crate::language::date::Date::Weekday(_))))
        };
        let schedule = is_schedule(one) && is_schedule(another);
        let said = |statement: &Statement, rest: Bits| {
            indices(rest).filter(|index| is_number(statement, *index)).all(|index| statement.is_said(index))
        };
        let both_said = said(one, self.left) && said(another, self.right);
        let numbers = |statement: &Statement, index: usize| match statement.tokens[index].value {
            Value::Label => !both_said,
            Value::Ordinal(_) => !schedule && !both_said,
            _ => false,
        };
        self.series = indices(self.left).any(|index| numbers(one, index))
            || indices(self.right).any(|index| numbers(another, index));
        let first = |statement: &Statement, rest: Bits| indices(rest).find(|index| is_number(statement, *index));
        if let (Some(left), Some(right)) = (first(one, self.left), first(another, self.right)) {
            self.take(Conflict { kind: ConflictKind::Period, left: vec![left], right: vec![right] });
        }
    }

    fn take(&mut self, conflict: Conflict) {
        conflict.left.iter().for_each(|index| self.left &= !(1 << index));
        conflict.right.iter().for_each(|index| self.right &= !(1 << index));
        self.conflicts.push(conflict);
    }

    /// Both sides have a value left over.
    fn leave_values(&self, one: &Statement, another: &Statement) -> bool {
        let values = (self.left & one.columns().values, self.right & another.columns().values);
        values.0 != 0 && values.1 != 0
    }

    /// Returns the left-over words of the first that some word comes close to or excludes, if the second has such a word too.
    fn kin(&self, one: &Statement, another: &Statement) -> impl Iterator<Item = usize> + use<> {
        let is_answered = self.right & another.columns().kin != 0;
        indices(if is_answered { self.left & one.columns().kin } else { 0 })
    }

    /// Pairs left-over values of one type in their order, if both sides have as many.
    fn pair_values(
        &mut self,
        one: &Statement,
        another: &Statement,
        kind: ConflictKind,
        key: impl Fn(&Token) -> Option<u64>,
    ) {
        let of_type = |statement: &Statement, rest: Bits| -> Vec<(usize, u64)> {
            indices(rest).filter_map(|index| key(&statement.tokens[index]).map(|key| (index, key))).collect()
        };
        let (left, right) = (of_type(one, self.left), of_type(another, self.right));
        if left.len() != right.len() || left.iter().zip(&right).any(|(left, right)| left.1 != right.1) {
            return;
        }
        for ((left, dimension), (right, _)) in left.into_iter().zip(right) {
            let agree = match (one.tokens[left].value, another.tokens[right].value) {
                (Value::Quantity(quantity), Value::Quantity(other)) => quantity.agrees(&other),
                _ => false,
            };
            let kind =
                if kind == ConflictKind::Number && dimension == hash("period") { ConflictKind::Period } else { kind };
            if agree {
                // 24 is within 10–30: no conflict, yet not the same statement either.
                self.rebound = true;
                (self.left, self.right) = (self.left & !(1 << left), self.right & !(1 << right));
            } else {
                self.take(Conflict { kind, left: vec![left], right: vec![right] });
            }
        }
    }

    fn pair_opposites(&mut self, one: &Statement, another: &Statement) {
        for left in self.kin(one, another) {
            let token = &one.tokens[left];
            let opposite = indices(self.right).find(|right| {
                let other = &another.tokens[*right];
                other.is_word() && vocabulary().are_exclusive(token.concept, other.concept)
            });
            if let Some(right) = opposite {
                self.take(Conflict { kind: ConflictKind::Opposite, left: vec![left], right: vec![right] });
            }
        }
    }

    /// Pairs one run of left-over names with one on the other side.
    fn pair_names(&mut self, one: &Statement, another: &Statement) {
        let runs = (name_run(one, self.left), name_run(another, self.right));
        if let (Some(left), Some(right)) = runs {
            self.take(Conflict { kind: ConflictKind::Name, left, right });
        }
    }

    fn compare_bindings(&mut self, one: &Statement, another: &Statement, alignment: &Alignment) {
        if alignment.verbs != (None, None) {
            return;
        }
        for &(left, right) in alignment.pairs.iter().filter(|pair| !alignment.source.contains(&pair.0)) {
            let (binding, other) = (one.tokens[left].binding, another.tokens[right].binding);
            if are_opposite(binding, other) {
                self.conflicts.push(Conflict { kind: ConflictKind::Opposite, left: vec![left], right: vec![right] });
            } else if binding != other && (are_hard(binding, other) || compares(binding) || compares(other)) {
                self.rebound = true;
            }
        }
    }

    fn compare_denials(&mut self, one: &Statement, another: &Statement, alignment: &Alignment) {
        if denials(one, alignment.pairs.iter().map(|pair| pair.0))
            != denials(another, alignment.pairs.iter().map(|pair| pair.1))
        {
            self.conflicts.push(Conflict { kind: ConflictKind::Negation, left: Vec::new(), right: Vec::new() });
        }
    }

    fn pair_related(&mut self, one: &Statement, another: &Statement) {
        for left in self.kin(one, another) {
            let stem = one.tokens[left].stem;
            let related = indices(self.right).find(|right| {
                another.tokens[*right].is_word() && vocabulary().are_related(stem, another.tokens[*right].stem)
            });
            if let Some(right) = related {
                self.related.push((left, right));
                (self.left, self.right) = (self.left & !(1 << left), self.right & !(1 << right));
            }
        }
    }
}

/// Counts the denials in the clauses that have a share in what both say.
fn denials(statement: &Statement, shared: impl Iterator<Item = usize>) -> usize {
    if statement.denials.is_empty() {
        return 0;
    }
    let clauses: Vec<u8> = shared.map(|index| statement.tokens[index].clause).collect();
    statement.denials.iter().filter(|clause| clauses.contains(clause)).count()
}

/// Returns the left-over names if they are one run of neighbours that no shared name is listed with.
fn name_run(statement: &Statement, rest: Bits) -> Option<Vec<usize>> {
    let names = rest & statement.columns().names;
    if names == 0 {
        return None;
    }
    let names: Vec<usize> = indices(names).collect();
    let neighbours = names.windows(2).all(|pair| pair[1] == pair[0] + 1 && !statement.tokens[pair[1]].opens);
    (neighbours && !is_listed(statement, &names)).then_some(names)
}

/// `Ada and Bob`: one of several, so that another name beside her contradicts nothing.
fn is_listed(statement: &Statement, run: &[usize]) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    let joined = |left: usize, right: usize| {
        let both_names = statement.tokens[left].is_name() && statement.tokens[right].is_name();
        let between = statement.before(right);
        both_names && (between.contains("and") || between.contains(['&', ',', '/', '+']) || between.contains(" or "))
    };
    // `Marks & Spencer`: two words of one name.
    let is_firm = run.len() == 2
        && statement.lower.get(statement.tokens[*first].text.end..statement.tokens[*last].text.start) == Some(" & ")
        && statement.copulas.contains(first);
    let inside = !is_firm && (*first..*last).any(|index| joined(index, index + 1));
    inside || *first > 0 && joined(first - 1, *first) || last + 1 < statement.tokens.len() && joined(*last, last + 1)
}

/// Bindings that change what is said, unlike `of`, `in` and `for`.
fn is_hard(binding: Binding) -> bool {
    !matches!(
        binding,
        Binding::None | Binding::Of | Binding::In | Binding::Through | Binding::As | Binding::Per | Binding::By
    )
}

/// `from Ada`, `to Ada`; `under the drawer`, `in the drawer`.
fn are_hard(one: Binding, another: Binding) -> bool {
    let against = |one, another| one == Binding::Against && another != Binding::None;
    is_hard(one) && is_hard(another)
        || against(one, another)
        || against(another, one)
        || one == Binding::In && is_beside(another)
        || another == Binding::In && is_beside(one)
}

/// Where or when else than there it is.
fn is_beside(binding: Binding) -> bool {
    use Binding::{Above, After, Before, Below, Between, Outside, Since, Until};
    matches!(binding, Above | Below | Before | After | Between | Outside | Since | Until)
}

/// `than Ada`, `like Ada`: she is no part of what is said.
fn compares(binding: Binding) -> bool {
    matches!(binding, Binding::Than | Binding::Like)
}

fn are_opposite(one: Binding, another: Binding) -> bool {
    use Binding::{Above, After, Against, Before, Below, By, From, In, Of, Outside, Since, To, Until};
    let pairs = [
        (By, From),
        (By, To),
        (Before, After),
        (Until, Since),
        (Above, Below),
        (In, Outside),
        (Of, Against),
        (Before, Since),
    ];
    pairs.contains(&(one, another)) || pairs.contains(&(another, one))
}

/// Tells whether the amount is a way of doing (`weekly`) rather than a measurement.
pub(super) fn is_period(quantity: &Quantity) -> bool {
    quantity.dimension == hash("period")
}
