import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { LanguageProvider } from './messages/language.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/call.css';
import './styles/handler.css';
import './styles/directory.css';
import './styles/about.css';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <App />
      </LanguageProvider>
    </StrictMode>,
  );
}
