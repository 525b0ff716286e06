"""PyTorch: channels-last convolutions, foreach Adam; eager, and torch.compile.

On a GPU, torch.compile records CUDA graphs, and TensorFloat-32 is on, as it is in XLA.
"""

import contextlib
import itertools
import os
from functools import partial

import numpy as np
import torch
from torch import nn
from torch.nn.functional import softplus

torch.set_num_threads(len(os.sched_getaffinity(0)))
torch.set_float32_matmul_precision("high")


class ToImage(nn.Module):
    def __init__(self, side, channels):
        super().__init__()
        self.shape = side, side, channels

    def forward(self, x):  # NHWC data seen as NCHW: the channels-last layout
        return x.reshape(-1, *self.shape).permute(0, 3, 1, 2)


class ToVector(nn.Module):
    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def networks(spec):
    if spec.convolutional:
        last = torch.channels_last
        return tuple(n.to(memory_format=last) for n in _convolutional(spec))
    size = int(np.prod(spec.sample_shape))
    tanh = [nn.Tanh()] if spec.data == "digits" else []
    generator = _dense((spec.latent, *spec.hidden_g, size), nn.ReLU, tanh)
    return generator, _dense((size, *spec.hidden_d, 1), lambda: nn.LeakyReLU(0.2), [])


def _convolutional(spec):
    size = spec.sample_shape[0] // 2 ** len(spec.hidden_g)
    first = spec.hidden_g[0]
    up = [nn.Linear(spec.latent, size**2 * first), nn.ReLU(), ToImage(size, first)]
    for i, o in itertools.pairwise((*spec.hidden_g, 1)):
        up += [nn.ConvTranspose2d(i, o, 4, 2, 1), nn.ReLU()]
    down = []
    for i, o in itertools.pairwise((1, *spec.hidden_d)):
        down += [nn.Conv2d(i, o, 4, 2, 1), nn.LeakyReLU(0.2)]
    last = nn.Linear(size**2 * spec.hidden_d[-1], 1)
    return nn.Sequential(*up[:-1], nn.Tanh()), nn.Sequential(*down, ToVector(), last)


def _dense(sizes, activation, end):
    layers = []
    for i, o in itertools.pairwise(sizes):
        layers += [nn.Linear(i, o), activation()]
    return nn.Sequential(*layers[:-1], *end)


def load(network, layers):
    own = [m for m in network if hasattr(m, "weight")]
    with torch.no_grad():
        for module, (kernel, bias) in zip(own, layers, strict=True):
            order = (3, 2, 0, 1) if kernel.ndim == 4 else (1, 0)
            module.weight.copy_(torch.from_numpy(kernel.transpose(order).copy()))
            module.bias.copy_(torch.from_numpy(bias.copy()))


def pair(spec, real, fake):
    if spec.loss == "relativistic":
        return softplus(fake - real).mean(), softplus(real - fake).mean()
    return softplus(-real).mean() + softplus(fake).mean(), softplus(-fake).mean()


class TorchSide:
    def __init__(self, spec, start, data, compiled):
        self.spec, self.start = spec, start
        self.device = "cuda" if spec.gpu and torch.cuda.is_available() else "cpu"
        self.data = torch.from_numpy(np.array(data)).to(self.device)
        if spec.convolutional:  # (N, 1, H, W)
            self.data = self.data.permute(0, 3, 1, 2)
        self.compiled = compiled
        self.reset()

    def reset(self):
        spec = self.spec
        self.g, self.d = networks(spec)
        load(self.g, self.start.g)
        load(self.d, self.start.d)
        self.g.to(self.device)
        self.d.to(self.device)
        self.d_optimizer, self.g_optimizer = map(self._optimizer, (self.d, self.g))
        graphs = {"mode": "reduce-overhead"} if self.device == "cuda" else {}
        wrap = partial(torch.compile, **graphs) if self.compiled else lambda f: f
        self.d_loss, self.g_loss = wrap(self._d_loss), wrap(self._g_loss)
        self.both = wrap(self._both)

    def _optimizer(self, network):
        spec = self.spec
        if spec.betas is None:
            return torch.optim.SGD(network.parameters(), spec.rate, foreach=True)
        return torch.optim.Adam(
            network.parameters(), spec.rate, betas=spec.betas, foreach=True
        )

    def _d_loss(self, x, z):
        with torch.no_grad():
            fake = self.g(z)
        spec = self.spec
        if spec.penalty == "none":
            return pair(spec, self.d(x)[:, 0], self.d(fake)[:, 0])[0]
        x = x.detach().requires_grad_()
        real_logits = self.d(x)[:, 0]
        if spec.penalty == "r1_r2":
            fake.requires_grad_()
        fake_logits = self.d(fake)[:, 0]
        total = self._half_square(real_logits, x)
        if spec.penalty == "r1_r2":
            total = total + self._half_square(fake_logits, fake)
        return pair(spec, real_logits, fake_logits)[0] + spec.gamma * total

    def _half_square(self, logits, x):
        (slope,) = torch.autograd.grad(logits.sum(), x, create_graph=True)
        return 0.5 * slope.flatten(1).square().sum(1).mean()

    def _g_loss(self, x, z):
        fake = self.d(self.g(z))[:, 0]
        real = self.d(x)[:, 0] if self.spec.loss == "relativistic" else fake
        return pair(self.spec, real, fake)[1]

    def _both(self, x, z):
        return pair(self.spec, self.d(x)[:, 0], self.d(self.g(z))[:, 0])

    def one(self, x, z):
        with self._format():
            return self._one(x, z)

    def _format(self):
        if self.spec.dtype == "float32":
            return contextlib.nullcontext()
        return torch.autocast(self.device, torch.bfloat16)

    def _one(self, x, z):
        if self.spec.simultaneous:
            d_loss, g_loss = self.both(x[0], z[0])
            d_params, g_params = list(self.d.parameters()), list(self.g.parameters())
            slopes = torch.autograd.grad(d_loss, d_params, retain_graph=True)
            _assign(g_params, torch.autograd.grad(g_loss, g_params))
            _assign(d_params, slopes)
            self.d_optimizer.step()
            self.g_optimizer.step()
            return d_loss, g_loss
        for k in range(self.spec.d_steps):
            d_loss = self.d_loss(x[k], z[k])
            d_params = list(self.d.parameters())
            _assign(d_params, torch.autograd.grad(d_loss, d_params))
            self.d_optimizer.step()
        g_loss = self.g_loss(x[0], z[self.spec.d_steps])
        g_params = list(self.g.parameters())
        _assign(g_params, torch.autograd.grad(g_loss, g_params))
        self.g_optimizer.step()
        return d_loss, g_loss

    def losses(self, start):
        found = []
        for x, z in zip(start.x, start.z, strict=True):
            x, z = (torch.from_numpy(a.copy()).to(self.device) for a in (x, z))
            x = x.permute(0, 1, 4, 2, 3) if self.spec.convolutional else x
            found.append([v.item() for v in self.one(x, z)])
        self.reset()
        return found

    def run(self, steps):
        spec, n = self.spec, len(self.data)
        for _ in range(steps):
            shape, here = (spec.d_steps, spec.batch), {"device": self.device}
            x = self.data[torch.randint(n, shape, **here)]
            z = torch.randn(spec.d_steps + 1, spec.batch, spec.latent, **here)
            self.one(x, z)
        if self.device == "cuda":
            torch.cuda.synchronize()


def _assign(params, slopes):
    for parameter, slope in zip(params, slopes, strict=True):
        parameter.grad = slope


def variants(spec) -> tuple[str, ...]:
    """Name eager and, where no second derivative is asked of it, torch.compile."""
    return ("eager", "compile") if spec.penalty == "none" else ("eager",)


def make(spec, start, data, variant):
    """Build one variant."""
    return TorchSide(spec, start, data, compiled=variant == "compile")
