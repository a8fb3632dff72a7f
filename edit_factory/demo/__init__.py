"""What the first video is made of: sample footage, sample music and a sample brief."""

from edit_factory.demo.material import Material, brief_path, material

__all__ = ["Material", "brief_path", "material"]
