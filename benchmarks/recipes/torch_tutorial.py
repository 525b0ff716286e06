"""PyTorch: the DCGAN of the tutorial on faces, made fit for 28 x 28 grey pixels.

Kept from the tutorial: 100 latents, 64 base channels, batches of 128, Adam with 2e-4
and (0.5, 0.999), weights from N(0, 0.02), no biases in convolutions, the sigmoid and
the binary cross-entropy, the discriminator's step on data and then on fakes, samples
drawn in training mode. Changed for the size: two doublings from 7 x 7 instead of four
from 4 x 4, so the first and the last kernel are 7 x 7. Changed for speed, as an
attentive user would: channels-last memory and images held in one tensor.

References:
    Inkawhich, DCGAN Tutorial, pytorch.org/tutorials/beginner/dcgan_faces_tutorial.html
"""

import os

import numpy as np
import torch
from torch import nn

torch.set_num_threads(len(os.sched_getaffinity(0)))
LATENT, WIDTH, BATCH = 100, 64, 128


def generator() -> nn.Sequential:
    up = dict(kernel_size=4, stride=2, padding=1, bias=False)
    return nn.Sequential(
        nn.ConvTranspose2d(LATENT, 4 * WIDTH, 7, 1, 0, bias=False),  # 7 x 7
        nn.BatchNorm2d(4 * WIDTH),
        nn.ReLU(True),
        nn.ConvTranspose2d(4 * WIDTH, 2 * WIDTH, **up),  # 14 x 14
        nn.BatchNorm2d(2 * WIDTH),
        nn.ReLU(True),
        nn.ConvTranspose2d(2 * WIDTH, 1, **up),  # 28 x 28
        nn.Tanh(),
    )


def discriminator() -> nn.Sequential:
    down = dict(kernel_size=4, stride=2, padding=1, bias=False)
    return nn.Sequential(
        nn.Conv2d(1, WIDTH, **down),  # 14 x 14
        nn.LeakyReLU(0.2, inplace=True),
        nn.Conv2d(WIDTH, 2 * WIDTH, **down),  # 7 x 7
        nn.BatchNorm2d(2 * WIDTH),
        nn.LeakyReLU(0.2, inplace=True),
        nn.Conv2d(2 * WIDTH, 1, 7, 1, 0, bias=False),
        nn.Sigmoid(),
    )


def start_weights(module: nn.Module) -> None:
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.normal_(module.weight, 0.0, 0.02)
    elif isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1.0, 0.02)
        nn.init.zeros_(module.bias)


class TorchTutorial:
    """The tutorial's training loop, a chunk of it at a time."""

    chunk = 10

    def __init__(self, x: np.ndarray, seed: int):
        torch.manual_seed(seed)
        self.x = torch.from_numpy(x.transpose(0, 3, 1, 2).copy())
        last = torch.channels_last
        self.g, self.d = (
            network().apply(start_weights).to(memory_format=last)
            for network in (generator, discriminator)
        )
        self.g_optimizer, self.d_optimizer = (
            torch.optim.Adam(network.parameters(), 2e-4, betas=(0.5, 0.999))
            for network in (self.g, self.d)
        )
        self.loss = nn.BCELoss()
        self.batches = self._batches()

    def _batches(self):
        while True:
            for rows in torch.randperm(len(self.x)).split(BATCH):
                yield self.x[rows].contiguous(memory_format=torch.channels_last)

    def advance(self) -> None:
        for _ in range(self.chunk):
            self._step(next(self.batches))

    def _step(self, x) -> None:
        real, fake_label = torch.ones(len(x)), torch.zeros(len(x))
        self.d.zero_grad()
        self.loss(self.d(x).view(-1), real).backward()
        fake = self.g(torch.randn(len(x), LATENT, 1, 1))
        self.loss(self.d(fake.detach()).view(-1), fake_label).backward()
        self.d_optimizer.step()
        self.g.zero_grad()
        self.loss(self.d(fake).view(-1), real).backward()
        self.g_optimizer.step()

    @torch.no_grad()
    def samples(self, n: int) -> np.ndarray:
        parts = torch.randn(n, LATENT, 1, 1).split(500)
        x = torch.cat([self.g(z) for z in parts])
        return x.permute(0, 2, 3, 1).contiguous().numpy()


def make(x: np.ndarray, seed: int) -> TorchTutorial:
    """Start one run."""
    return TorchTutorial(x, seed)
