"""Writes the vectors of the operator descriptions in www/data/operators.json, as input of `cellscope convert-words`.

    python operator_words.py MODEL_FOLDER ../../www/data/operators.json [GIVEN.json] > vectors.json

MODEL_FOLDER holds sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0): config.json, tokenizer.json, model.safetensors with
32-bit weights, 1_Pooling/. Vectors are the mean over tokens of the last layer, divided by their length. GIVEN.json, if
there, holds vectors by text that are there already: the run fails unless they are those of the same model (cosine above
.9999), and leaves them out.

Needs sentence-transformers (made with 6.2.0, torch 2.15.0 on the CPU) and NumPy. See www/data/README.md.
"""
import json
import sys

import numpy as np
from sentence_transformers import SentenceTransformer


def main(folder, table, given=None):
    with open(table, encoding="utf-8") as file:
        texts = [entry["text"] for entry in json.load(file)]
    if len(set(texts)) != len(texts):
        raise SystemExit("a text occurs twice")
    model = SentenceTransformer(folder, device="cpu")
    vectors = dict(zip(texts, model.encode(texts, normalize_embeddings=True)))
    if given:
        with open(given, encoding="utf-8") as file:
            reference = {text: np.array(vector) for text, vector in json.load(file).items()}
        cosines = [
            float(vectors[text] @ vector / np.linalg.norm(vector)) for text, vector in reference.items() if text in vectors
        ]
        print(f"{len(cosines)} of {len(reference)} compared, smallest cosine {min(cosines):.9f}", file=sys.stderr)
        if min(cosines) <= 0.9999:
            raise SystemExit("the vectors are not those of the same model")
        vectors = {text: vector for text, vector in vectors.items() if text not in reference}
    json.dump({text: [float(f"{value:.9g}") for value in vector] for text, vector in vectors.items()}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
