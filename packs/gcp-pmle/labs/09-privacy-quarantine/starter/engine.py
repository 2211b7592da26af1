"""Presidio for emails, card numbers and our member numbers, without a language model.

Nothing to mend here. Names and places need a model, which this lab does not have.
"""

import functools
import logging

import spacy
from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, EmailRecognizer
from tldextract import TLDExtract

logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
SUFFIXES = TLDExtract(suffix_list_urls=(), cache_dir=None)


class OfflineEmail(EmailRecognizer):
    """The recognizer of emails, with the list of domain endings that came with the package."""

    def validate_result(self, pattern_text):
        return bool(SUFFIXES(pattern_text).fqdn)


class BlankEngine(SpacyNlpEngine):
    """Splits text into words, and nothing more."""

    def __init__(self):
        super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
        self.nlp = {"en": spacy.blank("en")}


@functools.cache
def analyzer():
    """The engine with our three recognizers, built once."""
    member = PatternRecognizer(
        supported_entity="MEMBER_NUMBER",
        patterns=[Pattern("member", r"\bMB-\d{4}-\d{4}\b", 0.9)],
    )
    registry = RecognizerRegistry(
        recognizers=[OfflineEmail(), CreditCardRecognizer(), member], supported_languages=["en"]
    )
    return AnalyzerEngine(registry=registry, nlp_engine=BlankEngine(), supported_languages=["en"])


def kinds(text):
    """The kinds of personal data in a text: {"EMAIL_ADDRESS", "CREDIT_CARD", "MEMBER_NUMBER"}."""
    found = analyzer().analyze(text, language="en", score_threshold=0.5)
    return {one.entity_type for one in found}
