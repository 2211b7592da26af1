"""The lint rules, in the order of their codes. A new rule is one module, listed here."""

from __future__ import annotations

from roadworthy.lint.rule import LintRule
from roadworthy.lint.rules.absolute_in_option import AbsoluteInOption
from roadworthy.lint.rules.blunt_rule import BluntRule
from roadworthy.lint.rules.brief_out_of_bounds import BriefOutOfBounds
from roadworthy.lint.rules.clashing_rules import ClashingRules
from roadworthy.lint.rules.colour_changes_key import ColourChangesKey
from roadworthy.lint.rules.comment_names_mend import CommentNamesMend
from roadworthy.lint.rules.cost_without_gap import CostWithoutGap
from roadworthy.lint.rules.dead_path import DeadPath
from roadworthy.lint.rules.fact_decides_nothing import FactDecidesNothing
from roadworthy.lint.rules.faulty_wording import FaultyWording
from roadworthy.lint.rules.few_situations import FewSituations
from roadworthy.lint.rules.goal_seldom_decides import GoalSeldomDecides
from roadworthy.lint.rules.guessable_decision import GuessableDecision
from roadworthy.lint.rules.guessable_pack import GuessablePack
from roadworthy.lint.rules.key_on_old_product import KeyOnOldProduct
from roadworthy.lint.rules.key_seldom_moves import KeySeldomMoves
from roadworthy.lint.rules.lab_without_items import LabWithoutItems
from roadworthy.lint.rules.ladder_falls import LadderFallsRule
from roadworthy.lint.rules.left_to_fill_in import LeftToFillIn
from roadworthy.lint.rules.length_out_of_bounds import LengthOutOfBounds
from roadworthy.lint.rules.limit_tells_itself import LimitTellsItself
from roadworthy.lint.rules.literal_product_name import LiteralProductName
from roadworthy.lint.rules.lonely_symptom import LonelySymptom
from roadworthy.lint.rules.long_pair_stem import LongPairStem
from roadworthy.lint.rules.long_sentence import LongSentence
from roadworthy.lint.rules.marks_too_wide import MarksTooWide
from roadworthy.lint.rules.misconception_unused import MisconceptionUnused
from roadworthy.lint.rules.near_answer_is_right import NearAnswerIsRight
from roadworthy.lint.rules.numbers_too_close import NumbersTooClose
from roadworthy.lint.rules.option_never_wins import OptionNeverWins
from roadworthy.lint.rules.option_without_home import OptionWithoutHome
from roadworthy.lint.rules.options_share_words import OptionsShareWords
from roadworthy.lint.rules.rule_never_decides import RuleNeverDecides
from roadworthy.lint.rules.small_pair import SmallPair
from roadworthy.lint.rules.stale_claim import StaleClaim
from roadworthy.lint.rules.step_never_next import StepNeverNext
from roadworthy.lint.rules.thin_topic import ThinTopic
from roadworthy.lint.rules.too_few_phrasings import TooFewPhrasings
from roadworthy.lint.rules.topic_out_of_step import TopicOutOfStep
from roadworthy.lint.rules.unconfirmed_claim import UnconfirmedClaim
from roadworthy.lint.rules.uneven_options import UnevenOptions
from roadworthy.lint.rules.wide_exhibit import WideExhibit
from roadworthy.lint.rules.worked_shows_nothing import WorkedShowsNothing

RULES: tuple[type[LintRule], ...] = (
    StaleClaim,
    UnconfirmedClaim,
    RuleNeverDecides,
    OptionNeverWins,
    OptionWithoutHome,
    FactDecidesNothing,
    ColourChangesKey,
    ClashingRules,
    FaultyWording,
    LongSentence,
    LiteralProductName,
    TooFewPhrasings,
    LengthOutOfBounds,
    UnevenOptions,
    NumbersTooClose,
    StepNeverNext,
    BluntRule,
    CostWithoutGap,
    GuessableDecision,
    GuessablePack,
    GoalSeldomDecides,
    KeySeldomMoves,
    OptionsShareWords,
    BriefOutOfBounds,
    MisconceptionUnused,
    WorkedShowsNothing,
    TopicOutOfStep,
    DeadPath,
    AbsoluteInOption,
    KeyOnOldProduct,
    FewSituations,
    LonelySymptom,
    WideExhibit,
    CommentNamesMend,
    SmallPair,
    LongPairStem,
    LimitTellsItself,
    NearAnswerIsRight,
    MarksTooWide,
    ThinTopic,
    LeftToFillIn,
    LadderFallsRule,
    LabWithoutItems,
)
