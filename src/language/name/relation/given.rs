//! What the given names of two names are to each other.

use super::pair;
use crate::language::name::Name;
use crate::language::name::part::{Part, PartRelation, Role, is_one_letter};

pub(super) struct GivenRelation {
    pub(super) relation: PartRelation,
    /// Both have a further given name or initial, and these do not fit each other.
    pub(super) has_clash: bool,
}

/// The best pair of given names of which one is a first name or nickname: people go by a middle name.
pub(super) fn given_relation(a: &Name, b: &Name, surname: PartRelation) -> GivenRelation {
    let (of_a, of_b) = (Given::of(a), Given::of(b));
    if let Some(relation) = initials_relation(&of_a, &of_b) {
        return relation;
    }
    let mut best = (PartRelation::Different, None);
    for (i, &x) in of_a.parts.iter().enumerate() {
        for (j, &y) in of_b.parts.iter().enumerate() {
            let is_first = i == 0 || j == 0 || x.role == Role::Nickname || y.role == Role::Nickname;
            let relation = pair(a, x, b, y).given();
            let is_first = is_first && !(of_a.is_further_initial(i) || of_b.is_further_initial(j));
            if is_first && (relation, i + j) < (best.0, best.1.map_or(usize::MAX, |(i, j): (usize, usize)| i + j)) {
                best = (relation, Some((i, j)));
            }
        }
    }
    if of_a.joined() == of_b.joined() {
        return GivenRelation { relation: PartRelation::Equal, has_clash: false };
    }
    if best.0 > PartRelation::Piece && (of_a.begins_with_two_as(&of_b) || of_b.begins_with_two_as(&of_a)) {
        return GivenRelation { relation: PartRelation::Piece, has_clash: false };
    }
    let (relation, at) = best;
    let has_clash = surname != PartRelation::Piece && at.is_some_and(|at| rest_clashes(&of_a, &of_b, at));
    GivenRelation { relation, has_clash }
}

/// The given names of one name, in order, nicknames last.
struct Given<'n> {
    name: &'n Name,
    parts: Vec<&'n Part>,
}

impl<'n> Given<'n> {
    fn of(name: &'n Name) -> Given<'n> {
        let is_given = |part: &&Part| matches!(part.role, Role::Given | Role::Middle | Role::Initial);
        let parts = name.parts.iter().filter(is_given).chain(name.with(Role::Nickname)).collect();
        Given { name, parts }
    }

    fn joined(&self) -> String {
        self.joined_first(usize::MAX)
    }

    fn joined_first(&self, count: usize) -> String {
        let proper = self.parts.iter().filter(|part| part.role != Role::Nickname);
        proper.take(count).map(|part| self.name.letters(part)).collect()
    }

    /// A middle initial says nothing about another's first name, unless all given names are initials.
    fn is_further_initial(&self, at: usize) -> bool {
        at > 0 && self.parts[at].role == Role::Initial && self.parts[0].role != Role::Initial
    }

    /// `Jo Ann` beside `Joann`.
    fn begins_with_two_as(&self, other: &Given) -> bool {
        self.parts.len() > 1 && self.joined_first(2) == other.joined_first(1)
    }

    fn is_initials(&self) -> bool {
        self.parts.iter().all(|part| part.role == Role::Initial)
    }
}

/// `TJ` beside `T. J.` is one name; beside `Thomas` it is his initials.
fn initials_relation(a: &Given, b: &Given) -> Option<GivenRelation> {
    if !a.is_initials() || !b.is_initials() {
        return None;
    }
    let (a, b) = (a.joined(), b.joined());
    let relation = match () {
        () if a == b && !is_one_letter(&a) => PartRelation::Equal,
        () if a.starts_with(&b) || b.starts_with(&a) => PartRelation::Initial,
        () => PartRelation::Different,
    };
    Some(GivenRelation { relation, has_clash: false })
}

fn rest_clashes(a: &Given, b: &Given, at: (usize, usize)) -> bool {
    if a.parts[at.0].role == Role::Nickname || b.parts[at.1].role == Role::Nickname {
        return false;
    }
    let rest = |given: &Given, used: usize| -> Vec<usize> {
        let is_rest = |&i: &usize| i != used && given.parts[i].role != Role::Nickname;
        (0..given.parts.len()).filter(is_rest).collect()
    };
    let (rest_a, rest_b) = (rest(a, at.0), rest(b, at.1));
    if rest_a.is_empty() || rest_b.is_empty() {
        return false;
    }
    !rest_a.iter().any(|&i| {
        rest_b.iter().any(|&j| {
            let relation = pair(a.name, a.parts[i], b.name, b.parts[j]).given();
            relation.agrees() || relation.is_near()
        })
    })
}
