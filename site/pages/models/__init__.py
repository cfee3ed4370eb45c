"""Editorial pages and the settings of the site."""

from .articles import ArticleIndexPage, ArticlePage
from .base import BasePage
from .home import HomePage
from .policies import PolicyPage
from .settings import SiteSettings

__all__ = ["ArticleIndexPage", "ArticlePage", "BasePage", "HomePage", "PolicyPage", "SiteSettings"]
