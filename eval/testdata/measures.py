# Writes scikit-learn's values for 1,000 random pairs of groupings:
#
#	apt-get install python3-sklearn
#	/usr/bin/python3 measures.py > measures.tsv
#
# Columns: case, items, true positive pairs, pairs of pred, pairs of gold, ARI,
# AMI, homogeneity, completeness, V-measure, CEAF-e precision and recall (from
# scipy's optimal assignment). The groupings themselves are not stored: the test
# draws them again from the same generator.
import scipy
import sklearn
from scipy.optimize import linear_sum_assignment
from sklearn import metrics
from sklearn.metrics.cluster import contingency_matrix, pair_confusion_matrix


class Generator:
    """Knuth's linear congruential generator, modulo 2**64; upper 31 bits."""

    def __init__(self, seed):
        self.x = seed

    def below(self, n):
        self.x = (self.x * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.x >> 33) % n


def draw(case):
    """Two groupings of the same items that agree to any degree."""
    g = Generator(case)
    n = 1 + g.below(200) if case % 100 else 2000
    groups = 1 + g.below(n)
    noise = g.below(101)
    gold, pred = [], []
    for _ in range(n):
        a = g.below(groups)
        b = g.below(groups + 3)
        gold.append(a)
        pred.append(b if g.below(100) < noise else a)
    return gold, pred


def ceaf(gold, pred):
    c = contingency_matrix(gold, pred)
    phi = 2 * c / (c.sum(axis=1, keepdims=True) + c.sum(axis=0, keepdims=True))
    total = phi[linear_sum_assignment(phi, maximize=True)].sum()
    return total / c.shape[1], total / c.shape[0]


print(f"# scikit-learn {sklearn.__version__}, scipy {scipy.__version__}")
for case in range(1000):
    gold, pred = draw(case)
    (tn, fp), (fn, tp) = pair_confusion_matrix(gold, pred) // 2
    values = [
        metrics.adjusted_rand_score(gold, pred),
        metrics.adjusted_mutual_info_score(gold, pred),
        *metrics.homogeneity_completeness_v_measure(gold, pred),
        *ceaf(gold, pred),
    ]
    print(case, len(gold), tp, tp + fp, tp + fn, *(f"{v:.12f}" for v in values), sep="\t")
