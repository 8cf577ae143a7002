VALUE = "imported from a file beside the notebook"
