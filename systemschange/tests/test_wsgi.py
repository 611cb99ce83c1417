from importlib import import_module, reload

from confidentiality.check import lexicon, tagger


def test_the_check_is_ready_before_the_first_request():
    lexicon.word_lists.cache_clear()
    tagger.weights.cache_clear()
    reload(import_module("systemschange.wsgi"))
    assert lexicon.word_lists.cache_info().currsize == 1
    assert tagger.weights.cache_info().currsize == 1
