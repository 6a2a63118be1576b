import pytest

from generator.pages.lines import line_of


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Llama 3.3 70B", "Llama"),
        ("Codellama 7b Hf", "CodeLlama"),
        ("deepseek-r1-distill-llama-70b", "DeepSeek"),
        ("Gemini Embedding 001", "Embeddings"),
        ("Xlm Roberta Large", "RoBERTa"),
        ("GPT-J 6B", "GPT-J"),
        ("ChatGPT-4o", "GPT"),
        ("o3-mini", ""),
        ("Flan-T5 XL", "T5"),
        ("adopt-1", ""),
        ("OPT-66B", "OPT"),
        ("", ""),
    ],
)
def test_the_longest_known_word_of_a_name_says_under_which_heading_it_is_listed(name: str, line: str) -> None:
    assert line_of(name) == line
