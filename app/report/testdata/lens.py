"""Makes lens.csv, first answers of 60 learners to 12 choices of four options, and
lens.json, what the lens has to say of them, computed here on its own: plain Python, no
code of Thaw's.

    python3 lens.py answers   # draws lens.csv anew
    python3 lens.py           # computes lens.json from lens.csv

The answers follow a two-parameter logistic model with guessing: who does not know takes
one of the options by its attraction. The key of question 12 is wrong: option 2 is right.
Some learners have skipped much, four of them so much that they have no place among the
others.
"""
import csv
import json
import math
import random
import statistics
import sys

LEARNERS, ITEMS, OPTIONS = 60, 12, 4
Z = statistics.NormalDist().inv_cdf(0.95)


def answers():
    dice = random.Random(19560225)
    slope = [dice.uniform(0.8, 2.2) for _ in range(ITEMS)]
    hard = [dice.uniform(-1.5, 1.5) for _ in range(ITEMS)]
    slope[4] = 0.0  # knowing does not help
    pull = [[dice.uniform(0.5, 2) for _ in range(OPTIONS)] for _ in range(ITEMS)]
    pull[2][3] = 0.0  # nobody takes it
    rows = []
    for learner in range(1, LEARNERS + 1):
        able = dice.gauss(0, 1.2)
        skips = 0.75 if learner % 15 == 0 else 0.1
        for item in range(ITEMS):
            skipped = dice.random() < skips
            knows = dice.random() < 1 / (1 + math.exp(-slope[item] * (able - hard[item])))
            key = 2 if item == 11 else 1
            taken = key if knows else dice.choices(range(1, OPTIONS + 1), pull[item])[0]
            took = 0 if dice.random() < 0.05 else round(1000 * dice.lognormvariate(2, 0.6))
            sure = int(dice.random() < (0.6 if knows else 0.2))
            if not skipped:
                rows.append([learner, item + 1, taken, took, sure])
    with open("lens.csv", "w", newline="") as out:
        csv.writer(out).writerows([["learner", "item", "taken", "took_ms", "sure"]] + rows)


def wilson(hits, n):
    if n == 0:
        return [0, 0, 0]
    p = hits / n
    root = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return [p, max(0, (p + Z * Z / (2 * n) - root) / (1 + Z * Z / n)), min(1, (p + Z * Z / (2 * n) + root) / (1 + Z * Z / n))]


def expect():
    with open("lens.csv", newline="") as source:
        rows = [{k: int(v) for k, v in r.items()} for r in csv.DictReader(source)]
    items = []
    for item in range(1, ITEMS + 1):
        own = [r for r in rows if r["item"] == item]
        x, rest, upper, lower = [], [], [], []
        for r in own:
            others = [int(o["taken"] == 1) for o in rows if o["learner"] == r["learner"] and o["item"] != item]
            if len(others) >= 5:
                x.append(int(r["taken"] == 1))
                rest.append(statistics.fmean(others))
                r["rest"] = rest[-1]
        middle = statistics.median(rest)
        for r in own:
            if r.get("rest", middle) > middle:
                upper.append(r)
            if r.get("rest", middle) < middle:
                lower.append(r)
        r_ir = statistics.correlation(x, rest)
        z = 0.5 * math.log((1 + r_ir) / (1 - r_ir))
        half = Z / math.sqrt(len(x) - 3)
        bound = lambda b: (math.exp(2 * b) - 1) / (math.exp(2 * b) + 1)
        times = sorted(r["took_ms"] for r in own if r["took_ms"] > 0)
        options = []
        for o in range(1, OPTIONS + 1):
            count = lambda group: sum(r["taken"] == o for r in group)
            options.append({"taken": count(own), "all": wilson(count(own), len(own)),
                            "upper": [count(upper), len(upper)] + wilson(count(upper), len(upper)),
                            "lower": [count(lower), len(lower)] + wilson(count(lower), len(lower))})
        items.append({
            "item": item, "n": len(own), "right": sum(r["taken"] == 1 for r in own),
            "facility": wilson(sum(r["taken"] == 1 for r in own), len(own)),
            "placed": len(x), "discrimination": [r_ir, bound(z - half), bound(z + half)],
            "quartiles_s": [q / 1000 for q in statistics.quantiles(times, n=4, method="inclusive")],
            "sure_and_wrong": sum(r["sure"] and r["taken"] != 1 for r in own), "options": options})
    with open("lens.json", "w") as out:
        json.dump(items, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    answers() if sys.argv[1:] == ["answers"] else expect()
