"""The National Referral Mechanism, as the Home Office publishes it."""

from headwater.sources.nrm.exploitation import Exploitation
from headwater.sources.nrm.reader import SOURCE, ReferralMechanism

__all__ = ["SOURCE", "Exploitation", "ReferralMechanism"]
