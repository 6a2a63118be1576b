"""Model lines known by name: where lists are put under headings and a source states no families.

A line is a heading and nothing else: no page says that a model is of it, and none is made for it. The longest word
that a name holds decides, so `Codellama` is not filed under Llama; what holds none goes to the rest.
"""

from collections.abc import Mapping
from functools import lru_cache

__all__ = ["line_of"]

_WORDS: Mapping[str, tuple[str, ...]] = {
    "Alpaca": ("alpaca",), "Aquila": ("aquila",), "Arctic": ("arctic",), "BERT": ("bert",), "BLOOM": ("bloom",),
    "Baichuan": ("baichuan",), "Claude": ("claude",), "CodeLlama": ("codellama", "code-llama", "code llama"),
    "Command": ("command",), "DALL-E": ("dall-e", "dall·e"), "DBRX": ("dbrx",), "DeepSeek": ("deepseek",),
    "Embeddings": ("embedding", "voyage"), "Ernie": ("ernie",), "Falcon": ("falcon",), "GLM": ("chatglm", "glm-"),
    "GPT": ("gpt",), "GPT-J": ("gpt-j",), "GPT-NeoX": ("gpt-neox",), "Gemini": ("gemini",), "Gemma": ("gemma",),
    "InternLM": ("internlm",), "Jamba": ("jamba",), "Llama": ("llama",), "Midjourney": ("midjourney",),
    "Mistral": ("mistral",), "Mixtral": ("mixtral",), "OPT": ("opt-",), "Orca": ("orca",), "PaLM": ("palm", "bison"),
    "Phi": ("phi-",), "Qwen": ("qwen",), "RoBERTa": ("roberta",), "Solar": ("solar",),
    "Stable Diffusion": ("stable-diffusion", "stable diffusion", "sdxl"), "Starcoder": ("starcoder",),
    "T5": ("flan-t5", "t5-"), "Vicuna": ("vicuna",), "Whisper": ("whisper",), "WizardLM": ("wizard",),
    "Yi": ("yi-",), "Zephyr": ("zephyr",),
}  # fmt: skip
_LONGEST_FIRST = sorted(
    ((word, line) for line, words in _WORDS.items() for word in words), key=lambda it: (-len(it[0]), it)
)


@lru_cache(maxsize=1 << 16)
def line_of(name: str) -> str:
    """Return the line whose word a name holds, or nothing.

    A word that ends with a dash has to start where a word of the name does.
    """
    text = f" {name.lower()}"
    for word, line in _LONGEST_FIRST:
        place = text.find(word)
        if place > 0 and not (word.endswith("-") and text[place - 1].isalnum()):
            return line
    return ""
