/** The page for addresses that do not exist: nothing but its texts. */
import { startLanguage } from './i18n.js';

startLanguage();
