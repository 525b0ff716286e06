"""Networks around a network: what is put before, behind or beside another one.

conditional    a label for each sample
packing        several samples judged as one
augmentation   images changed at random before the discriminator looks
noise          normal noise on what it sees
fourier        sines and cosines of the input beside it
"""
