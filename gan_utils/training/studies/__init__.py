"""Studies: what the course looks at games with, and no training needs.

through_opponent   two rules of play that differentiate through the opponent
spectrum           whether an update settles near a point
critic             a discriminator trained alone, against fakes that stand still
sweep              all settings and seeds side by side; `sweep_files` keeps them
"""
