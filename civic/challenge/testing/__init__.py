"""Test grants: offered, declared under the subsidy rules, agreed with milestones, signed off by the partner, paid and reported on."""
