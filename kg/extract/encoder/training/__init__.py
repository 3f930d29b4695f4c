"""Training of the encoder; every module here imports torch, which is in the extra `train`."""
