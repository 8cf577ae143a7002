"""Writes the example data sets, made from those that come with scikit-learn.

    python -m pip install pandas scikit-learn
    python examples/data/make_data.py

The CSV files are committed, so that the examples need neither scikit-learn nor a network.
"""

from pathlib import Path

from pandas import DataFrame
from sklearn import datasets

HERE = Path(__file__).parent

# scikit-learn calls the blood serum measurements s1 to s6; these are their names in the original study
# (Efron, Hastie, Johnstone and Tibshirani, "Least Angle Regression", 2004).
DIABETES_NAMES = {
    "bp": "blood_pressure",
    "s1": "total_cholesterol",
    "s2": "ldl",
    "s3": "hdl",
    "s4": "cholesterol_ratio",
    "s5": "log_triglycerides",
    "s6": "glucose",
    "target": "progression",
}


def iris() -> DataFrame:
    """150 flowers of three species, four measurements each, in centimetres."""
    bunch = datasets.load_iris(as_frame=True)
    flowers = bunch.data.rename(columns=lambda name: name.removesuffix(" (cm)").replace(" ", "_"))
    return flowers.assign(species=bunch.target.map(dict(enumerate(bunch.target_names))))


def wine() -> DataFrame:
    """178 wines of three cultivars from one region of Italy, thirteen chemical measurements each."""
    bunch = datasets.load_wine(as_frame=True)
    wines = bunch.data.rename(columns={"od280/od315_of_diluted_wines": "protein_content"})
    return wines.assign(cultivar=bunch.target.map({0: "first", 1: "second", 2: "third"}))


def diabetes() -> DataFrame:
    """442 patients: ten measurements, and how far the disease progressed in the year after."""
    patients = datasets.load_diabetes(as_frame=True, scaled=False).frame.rename(columns=DIABETES_NAMES)
    return patients.assign(sex=patients["sex"].astype(int))


def main() -> None:
    for make in (iris, wine, diabetes):
        path = HERE / f"{make.__name__}.csv"
        frame = make()
        frame.to_csv(path, index=False, lineterminator="\n", float_format="%g")
        print(f"{path.name}: {frame.shape[0]} rows, {frame.shape[1]} columns, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
