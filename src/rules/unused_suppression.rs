//! Suppressions that suppress nothing: `lint` finds them when it applies suppressions; here are their options.

use serde::{Deserialize, Serialize};

use crate::rule::Rule;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnusedSuppression {}

impl Rule for UnusedSuppression {}
