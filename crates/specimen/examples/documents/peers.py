"""What two published readers of documents say of pictures: a list of files comes in, a line of JSON per file goes out.

`peers.py passporteye` gives the fields that PassportEye parsed itself, `peers.py rapidocr` the lines of print that
RapidOCR read. Times are processor time of this process and its children.
"""

import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")


def passporteye():
    from passporteye import read_mrz

    def read(path):
        zone = read_mrz(path)
        if zone is None:
            return None
        said = zone.to_dict()
        wanted = ("number", "date_of_birth", "expiration_date", "surname", "names", "valid_score")
        return {name: said.get(name) for name in wanted} | {"valid": zone.valid}

    return read


def rapidocr():
    from rapidocr_onnxruntime import RapidOCR

    engine = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)

    def read(path):
        lines, _ = engine(path)
        return None if lines is None else {"lines": [line[1] for line in lines]}

    return read


def spent():
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main():
    read = {"passporteye": passporteye, "rapidocr": rapidocr}[sys.argv[1]]()
    for path in sys.stdin.read().splitlines():
        begin = spent()
        try:
            said = read(path)
        except Exception as error:  # a peer that stumbles over a picture has read nothing
            said = {"error": str(error)}
        print(json.dumps({"file": path, "said": said, "ms": (spent() - begin) * 1e3}), flush=True)


main()
